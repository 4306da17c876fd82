"""Tables and positions sent to other programs of the desktop, such as TOPCAT, Aladin and DS9, by SAMP."""
