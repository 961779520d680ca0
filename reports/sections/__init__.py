"""The sections of the report, one file each; `reports.document` holds their order."""
