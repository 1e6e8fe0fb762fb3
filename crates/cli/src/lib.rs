//! German-Vietnamese parallel corpus alignment on the command line.
