"""A night that comes over Kafka."""
