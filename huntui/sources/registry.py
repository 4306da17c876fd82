"""Every kind of source by name. Listing imports none of them."""

SOURCES: dict[str, str] = {
    "folder": "huntui.sources.folder:FolderSource",
    "simulated": "huntui.sources.simulated:SimulatedSource",
}
"""Name of a source -> "module:object"."""
