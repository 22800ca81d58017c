"""The commands of ``gonghui``, one short file each; heavy imports stay inside."""
