"""Values that get worse from inspection to inspection: a part of chapter two."""

from reportlab.platypus import Flowable

from checks.inspection import Inspection, Past
from checks.metrics import METRICS
from checks.trends import Trend
from reports import style
from reports.labels import NONE, day
from reports.section import note, text
from reports.tables import Cell, grid
from reports.trend_chart import trend_chart

LISTED, DRAWN = 40, 6
MONTH_DAYS = 30


def trends(inspection: Inspection, past: Past) -> list[Flowable]:
    """The trends, the soonest to reach its limit first; the first few are drawn."""
    if past.inspections < 2:
        return [text(f"趋势至少需要三次巡检的数据，此前只有 {past.inspections} 次。")]
    if not past.trends:
        return [text(f"跟踪了 {past.series} 个数值序列，没有持续变差的。")]
    zone = inspection.site.zone
    drawn = [each for each in past.trends if each.reaches is not None][:DRAWN]
    rows = [_row(inspection, each) for each in past.trends[:LISTED]]
    header = ("设备", "对象", "数值", "首次", "本次", "每月变化", "门限", "推算达到日期")
    story: list[Flowable] = [*grid(header, rows, (1.8, 2.4, 1.7, 1, 1, 1.1, 1, 2.2), cell=style.CELL_SMALL)]
    if len(past.trends) > LISTED:
        story.append(note(f"另有 {len(past.trends) - LISTED} 个，见 JSON 文件。"))
    story += [trend_chart(each, zone) for each in drawn]
    rules = (
        f"跟踪了 {past.series} 个数值序列。只列出用最小二乘直线拟合良好且持续变差的；"
        "样本数、跨度与拟合优度达到门限的才推算日期，门限见 baselines/trends.yaml。推算不是预测。"
    )
    return [*story, note(rules)]


def _row(inspection: Inspection, trend: Trend) -> list[Cell]:
    label, unit = METRICS[trend.metric]
    return [
        trend.device,
        trend.object or "整机",
        f"{label}（{unit}）",
        f"{trend.samples[0].value:g}",
        f"{trend.samples[-1].value:g}",
        f"{trend.per_day * MONTH_DAYS:+.2g}",
        NONE if trend.limit is None else f"{trend.limit:g}",
        trend.why if trend.reaches is None else day(trend.reaches, inspection.site.zone),
    ]
