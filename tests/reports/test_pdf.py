"""The PDF as a reader's program sees it: which texts stand in which chapter, and which must not."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader

from baselines.waivers import Waiver
from checks.exposure import ExposureState
from checks.inspection import CheckText, DeviceReport, Finding, Inspection, WaiverState, WaiverUse
from checks.words import SEVERITY_WORDS
from parsers.facts import UnreadLine
from reports.labels import MISSING
from reports.pdf import write_pdf
from reports.sections.collected import seal
from reports.sections.cover import LogoError
from tests.reports import sample
from tests.reports.pdf_reading import CHAPTERS, SAMPLES, PdfOf, chapter_text, outline, pages_of, squeezed


def expected_of_device(report: DeviceReport) -> Iterator[tuple[str, str]]:
    yield CHAPTERS[0], report.device.host
    yield CHAPTERS[0], report.platform_evidence
    yield CHAPTERS[1], report.device.name
    yield CHAPTERS[5], report.device.name
    for record in report.commands:
        yield CHAPTERS[5], record.command
        yield CHAPTERS[3], record.detail
    if report.commands:
        yield CHAPTERS[5], f"captures/{report.device.name}"
        yield CHAPTERS[5], seal(report.commands)
    for exposure in report.exposures:
        if exposure.state is not ExposureState.NOT_AFFECTED:
            told = (exposure.advisory_id, exposure.workaround, exposure.because[0].text, exposure.fixed_in[0])
            yield from ((CHAPTERS[4], text) for text in told)


def expected_of_finding(finding: Finding, check: CheckText) -> Iterator[tuple[str, str]]:
    told = (finding.number, finding.device, finding.object)
    advice = (check.title, check.rule, check.rationale, check.risk, check.verification, check.interrupts)
    yield from ((CHAPTERS[2], text) for text in (*told, *advice))
    for evidence in finding.evidence:
        yield from ((CHAPTERS[2], text) for text in (evidence.sha256, evidence.command, *evidence.lines))


def expected_in_chapters(inspection: Inspection) -> Iterator[tuple[str, str]]:
    site, conclusion = inspection.site, inspection.conclusion
    for text in (site.customer, site.contract, site.order, inspection.authorization.reference):
        yield CHAPTERS[0], text
    for report in inspection.devices:
        yield from expected_of_device(report)
    for finding in inspection.findings:
        yield from expected_of_finding(finding, inspection.texts[finding.check_id])
    for line in (*conclusion.sentences, *conclusion.limits):
        yield CHAPTERS[6], line
    for line in conclusion.formula:
        yield CHAPTERS[1], line
    for source in inspection.advisory_sources:
        yield CHAPTERS[4], source.dated


@pytest.mark.parametrize("name", ["full", "spotless", "nothing_reached", "crowded"])
def test_each_text_stands_in_its_chapter(pdf_of: PdfOf, name: str) -> None:
    texts = {title: chapter_text(pdf_of(name), title) for title in CHAPTERS}
    inspection: Inspection = getattr(sample, name)()
    missing = {(c, t) for c, t in expected_in_chapters(inspection) if squeezed(t) not in texts[c]}
    assert missing == set()


@pytest.mark.parametrize(
    ("chapter", "text"),
    [
        (2, "℃ µ Ω ≥ ≤ ± ①⑩ 【】 “引号” ‘单’ …… — · × √ ■ ☐ ✗"),
        (2, "□U+1F600 □U+20BB7 <b>&amp; □U+200B□U+202E□U+0007 end"),
        (2, sample.RARE),
        (2, sample.LONG_PORT),
        (2, "待核实"),
        (2, "已核对"),
        (2, f"{MISSING}（该平台没有处置命令）"),
        (3, "设备不可达"),
        (3, "账号权限不足"),
        (3, "??? an unknown line"),
        (3, "未取得数据的设备——账号权限不足：demo-sw4。"),
        (3, "以下各表不含未能巡检的设备：demo-dark。"),
        (3, "部分回显行未能识别、数据可能不全的设备：demo-sw4。"),
        (3, "仅在运行配置"),
        (4, "客户意见"),
        (4, "接受"),
        (4, "整改"),
        (4, "暂缓"),
        (3, "demo-sw1、demo-sw2、demo-sw3、demo-sw4、demo-sw5、demo-sw6"),
        (3, "Permission denied."),
        (5, "未取得（设备不可达）"),
        (6, "巡检临时账号已回收或停用"),
        (6, "首次巡检，无对比"),
    ],
)
def test_special_texts(pdf_of: PdfOf, chapter: int, text: str) -> None:
    assert squeezed(text) in chapter_text(pdf_of("full"), CHAPTERS[chapter])


def test_links_between_devices_are_confirmed_or_not(pdf_of: PdfOf) -> None:
    text = chapter_text(pdf_of("full"), CHAPTERS[0])
    assert text.count("双端确认") == 2
    assert text.count("单端，未确认") == 3


@pytest.mark.parametrize("name", SAMPLES)
def test_cover_and_summary_take_one_page_each(pdf_of: PdfOf, name: str) -> None:
    marks = {title: page for _, title, page in outline(PdfReader(pdf_of(name)))}
    assert marks["文件控制"] == 1
    assert marks[CHAPTERS[0]] == marks["一页纸摘要"] + 1


def test_a_text_longer_than_a_page_is_printed_whole(pdf_of: PdfOf) -> None:
    text = chapter_text(pdf_of("endless"), CHAPTERS[2])
    assert text.count("丢") == 240  # the sentence 120 times, in the list and in the card
    assert text.count("lineofalongoutput".replace("line", "")) >= 400
    assert "y" * 200 in text


def test_too_little_data_gives_no_grade_and_no_number(pdf_of: PdfOf) -> None:
    text = "".join(pages_of(pdf_of("nothing_reached")))
    assert "数据不足" in text
    assert "运行到时间上限" in text
    assert "没有执行任何命令。" in text
    assert not set(SEVERITY_WORDS.values()) & set(re.findall(r"P\d{3}(..)", text))


def test_no_finding_is_no_promise(pdf_of: PdfOf) -> None:
    text = chapter_text(pdf_of("spotless"), CHAPTERS[2])
    assert "没有发现问题。未检查的项目不等于通过" in text
    assert "公告匹配未进行；不表示没有命中的公告" in chapter_text(pdf_of("spotless"), CHAPTERS[4])


def test_equal_inspections_give_equal_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    write_pdf(sample.spotless(), first)
    write_pdf(sample.spotless(), second)
    assert first.read_bytes() == second.read_bytes()


def test_secrets_in_unread_lines_are_masked(tmp_path: Path) -> None:
    made = sample.spotless()
    line = UnreadLine("display snmp-agent community", 3, " snmp-agent community read cipher TopSecret123")
    path = tmp_path / "a.pdf"
    write_pdf(replace(made, devices=(replace(made.devices[0], unread=(line,)),)), path)
    text = "".join(pages_of(path))
    assert "snmp-agentcommunityreadcipher******" in text
    assert "TopSecret123" not in text


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x20\x60\xa0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_the_customers_logo_stands_on_the_cover(tmp_path: Path) -> None:
    logo, path = tmp_path / "logo.png", tmp_path / "a.pdf"
    logo.write_bytes(png(600, 100))
    write_pdf(replace(sample.spotless(), site=sample.site(logo=str(logo))), path)
    with pdfplumber.open(path) as pdf:
        (image,) = pdf.pages[0].images
        assert 100 < image["width"] <= 170
        assert image["width"] / image["height"] == pytest.approx(6)
        assert all(not page.images for page in pdf.pages[1:])


GIF = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such file"),
        (b"not a picture", "must be an intact PNG or JPEG"),
        (png(6, 6)[:40], "must be an intact PNG or JPEG"),
        (GIF, "is GIF: must be PNG or JPEG"),
    ],
)
def test_a_bad_logo_is_an_error_in_words(tmp_path: Path, content: bytes | None, said: str) -> None:
    logo, path = tmp_path / "logo.png", tmp_path / "a.pdf"
    if content is not None:
        logo.write_bytes(content)
    with pytest.raises(LogoError, match=said) as caught:
        write_pdf(replace(sample.spotless(), site=sample.site(logo=str(logo))), path)
    assert str(logo) in str(caught.value)
    assert sorted(p.name for p in tmp_path.iterdir()) == ([] if content is None else ["logo.png"])


def test_metadata(pdf_of: PdfOf) -> None:
    reader = PdfReader(pdf_of("full"))
    assert reader.metadata is not None
    assert reader.metadata.title == "示例客户（演示数据）有限公司 demo-hq 网络设备巡检报告"
    assert reader.metadata.subject == "20260314T013000Z-demo-hq"
    assert str(reader.root_object["/Lang"]) == "zh-CN"


def test_the_parse_ledger_counts_and_names_what_was_not_understood(pdf_of: PdfOf) -> None:
    said = chapter_text(pdf_of("full"), CHAPTERS[3])
    assert "没有取得或没有完整解析的命令" in said
    # The six devices with the same answer stand in one row.
    assert said.count("Permissiondenied.") == 1
    for part in ("权限不足display current-configurationPermission denied.", "中断display logbuffer"):
        assert part.replace(" ", "") in said.replace(" ", "").replace("\n", "")


def test_accepted_risks_are_listed_with_what_became_of_them(tmp_path: Path) -> None:
    made = sample.full()
    first = made.findings[0]
    taken = Waiver(
        check="MGT-001",
        device=first.device,
        owner="王五",
        reason="备件在途",
        reference="风险确认单 EXAMPLE-7",
        expires=date(2026, 12, 31),
    )
    over = taken.model_copy(update={"expires": date(2026, 1, 1)})
    made = replace(
        made,
        findings=(replace(first, waiver=taken), *made.findings[1:]),
        waivers=(
            WaiverUse(taken, WaiverState.APPLIED, (first.number,)),
            WaiverUse(over, WaiverState.EXPIRED, (first.number,)),
        ),
    )
    write_pdf(made, tmp_path / "a.pdf")
    said = "".join(chapter_text(tmp_path / "a.pdf", CHAPTERS[2]).split())
    assert "3.2已接受的风险" in said
    for part in ("风险确认单EXAMPLE-7", "2026-12-31", "已到期", "备件在途"):
        assert part in said
    assert said.count("已接受") > 2
