"""What made-up advisories mean for a device of the samples."""

from checks.exposure import Exposure, ExposureState, Ground


def exposures(device: str) -> tuple[Exposure, ...]:
    states = (
        ("XJ-DEMO-2026-001", ExposureState.AFFECTED),
        ("XJ-DEMO-2026-002", ExposureState.UNDETERMINED),
        ("XJ-DEMO-2026-003", ExposureState.MITIGATED),
        ("XJ-DEMO-2026-004", ExposureState.NOT_AFFECTED),
    )
    return tuple(
        Exposure(
            device=device,
            advisory_id=advisory,
            title="示例公告：某协议处理异常报文时可能重启",
            state=state,
            because=(
                Ground("运行版本 Release 6616P05 低于修复版本 6618P01", "products.affected", "software"),
                Ground("特性 demo-feature 已启用（配置第 120 行）", "feature", "config"),
            ),
            severity="高",
            cvss=7.5,
            remote=True,
            fixed_in=("Release 6618P01",),
            workaround="关闭该特性：undo demo-feature enable",
            source="演示公告库（2026-02-01）",
        )
        for advisory, state in states
    )
