"""重保与变更保障总结报告: the closing report of a critical period or change, as PDF and workbook."""
