"""The cover."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image as Picture
from PIL import UnidentifiedImageError
from reportlab.platypus import Flowable, HRFlowable, Image, Spacer

from checks.inspection import Inspection
from collector.errors import XunjianError
from collector.inventory import Site
from reports import style
from reports.labels import MISSING, REPORT_NAME, day
from reports.prose import prose
from reports.section import Block, one_page
from reports.tables import pairs

LOGO_WIDTH, LOGO_HEIGHT = 170.0, 64.0


class LogoError(XunjianError):
    """The customer's logo cannot be used."""


def blocks(inspection: Inspection) -> list[Block]:
    """Title, customer, site, date, number, classification and both parties; no header or footer."""
    site = inspection.site
    rows = [
        ("巡检编号", inspection.run_id),
        ("密级", site.classification),
        ("巡检类型", inspection.kind),
        ("巡检日期", day(inspection.started_at, site.zone)),
        ("客户", site.customer),
        ("服务方", site.provider or MISSING),
        ("合同/服务号", site.contract or MISSING),
        ("报告版本", "V1.0（待审核）"),
    ]
    return cover(REPORT_NAME, site, rows)


def cover(name: str, site: Site, rows: Sequence[tuple[str, str]]) -> list[Block]:
    """Make the cover of any document about a site; LogoError when the site's logo cannot be used."""
    story: list[Flowable] = [
        logo(site.logo) if site.logo else Spacer(1, LOGO_HEIGHT),
        Spacer(1, 130),
        prose(name, style.COVER_TITLE),
        HRFlowable(width="100%", thickness=2, color=style.ACCENT, spaceBefore=4, spaceAfter=18),
        prose(site.customer, style.COVER_SITE),
        prose(f"局点：{site.name}", style.COVER_SITE),
        Spacer(1, 140),
        *pairs(list(rows)),
    ]
    return [Block([one_page(story)])]


def logo(path: str) -> Image:
    """Read the logo, PNG or JPEG; LogoError says what is wrong with the file."""
    try:
        with Picture.open(Path(path)) as picture:
            picture.load()
            kind, (width, height) = picture.format, picture.size
    except FileNotFoundError as error:
        raise LogoError(f"{path}: no such file (`logo` in the inventory)") from error
    except (UnidentifiedImageError, OSError) as error:
        raise LogoError(
            f"{path}: must be an intact PNG or JPEG picture (`logo` in the inventory): {error}"
        ) from error
    if kind not in ("PNG", "JPEG"):
        raise LogoError(f"{path} is {kind}: must be PNG or JPEG (`logo` in the inventory)")
    scale = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
    return Image(path, width * scale, height * scale, mask="auto", hAlign="LEFT")
