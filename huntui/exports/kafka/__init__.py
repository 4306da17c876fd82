"""Packets sent to a Kafka topic, unchanged: a whole night, or what survives the cuts."""
