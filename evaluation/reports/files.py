"""The files that a report can be taken away as."""

from typing import Any

from evaluation.reports.pdf import report_pdf
from evaluation.reports.sheets import long_list, workbook
from training.web.downloads import CSV_TYPE, PDF_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes

FORMATS = {"pdf": PDF_TYPE, "xlsx": XLSX_TYPE, "csv": CSV_TYPE}


def report_bytes(report: dict[str, Any], extension: str, published: dict[str, str] | None = None) -> bytes:
    """All three from the same dictionary. Raises KeyError for another format."""
    if extension == "pdf":
        return report_pdf(report, published)
    return {"xlsx": lambda: xlsx_bytes(workbook(report)), "csv": lambda: csv_bytes(long_list(report))}[extension]()
