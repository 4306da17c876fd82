"""Every kind of source by name. Listing imports none of them."""

SOURCES: dict[str, str] = {
    "folder": "huntui.sources.folder:FolderSource",
    "tar": "huntui.sources.tar:TarSource",
    "tar.gz": "huntui.sources.tar_gz:GzippedTarSource",
    "zip": "huntui.sources.zip:ZipSource",
    "kafka": "huntui.sources.kafka.source:KafkaSource",
    "sweep": "huntui.sources.sweep:SweepSource",
    "simulated": "huntui.sources.simulated:SimulatedSource",
}
"""Name of a source -> "module:object"."""
