"""网络加固方案: the hardening plan as PDF and workbook."""
