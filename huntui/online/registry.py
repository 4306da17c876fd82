"""Every public service that can be asked about an object, in the order in which they are shown."""

SERVICES = {
    "ALeRCE": "huntui.online.services.alerce:AlerceService",
    "Fink": "huntui.online.services.fink:FinkService",
    "SIMBAD": "huntui.online.services.simbad:SimbadService",
    "TNS": "huntui.online.services.tns:TnsService",
}
