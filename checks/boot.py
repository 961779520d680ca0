"""What a restart would load: images, configuration, boot loaders; and what lies about beside them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from checks.words import REASON_WORDS
from parsers.facts import BootInfo, Partial, Reason, Startup, StoredFile, Unknown


@check("VER-009", "startup", also=("files",))
def next_image(context: Context) -> list[Result]:
    """The image of the next start is set, and it is there."""
    row: Startup = value_of(context.facts.startup)
    if not row.image_next:
        return [failed("", Severity.CRITICAL, "没有设置下次启动的软件包", row.seen)]
    results = [_there(path.strip(), Severity.CRITICAL, row, context) for path in row.image_next.split(",")]
    if row.image_current and row.image_current != row.image_next:
        said = f"下次启动的软件包 {row.image_next} 与当前 {row.image_current} 不同，请确认是否为计划内升级"
        results.append(failed("change", Severity.INFO, said, row.seen))
    return results


@check("CFG-003", "startup", also=("files",))
def next_configuration(context: Context) -> list[Result]:
    """The configuration of the next start is set, is there, and is the one of this start."""
    row: Startup = value_of(context.facts.startup)
    if not row.config_next:
        return [failed("", Severity.MAJOR, "没有设置下次启动的配置文件", row.seen)]
    if ":" not in row.config_next:
        return [passed("", f"启动配置固定为 {row.config_next}", row.seen)]
    if row.config_current and row.config_current != row.config_next:
        said = f"下次启动的配置 {row.config_next} 与本次启动的 {row.config_current} 不同"
        return [
            _there(row.config_next, Severity.MAJOR, row, context),
            failed("change", Severity.MINOR, said, row.seen),
        ]
    return [_there(row.config_next, Severity.MAJOR, row, context)]


def _there(path: str, severity: Severity, row: Startup, context: Context) -> Result:
    """Whether the file is in the listing; a storage or folder that was not listed says nothing."""
    fact = context.facts.files
    if isinstance(fact, Unknown):
        why = f"下次启动使用 {path}，没有取得文件列表：{REASON_WORDS[fact.reason]}"
        return not_assessed(fact.reason, why, path, row.seen, *fact.sources)
    names = {file.name.lower() for file in fact.value}
    if path.lower() in names:
        return passed(path, f"下次启动使用 {path}，文件存在", row.seen)
    if _folder(path) not in {_folder(name) for name in names}:
        return not_assessed(Reason.NOT_COLLECTED, f"没有列出 {path} 所在的目录", path, row.seen)
    if isinstance(fact, Partial):
        return not_assessed(Reason.UNPARSED, f"文件列表没有完整识别，未见 {path}", path, row.seen)
    return lacking(path, severity, f"下次启动使用 {path}，但文件列表中没有它", row.seen, *fact.sources)


def _folder(path: str) -> str:
    return path.lower().rpartition("/")[0]


@check("VER-010", "boot", "identity")
def boot_loaders(context: Context) -> list[Result]:
    """Boot loaders against the least version of the baseline, and against one another."""
    rows: Sequence[BootInfo] = [row for row in value_of(context.facts.boot) if row.bootrom]
    if not rows:
        return [not_applicable("设备没有给出引导程序版本")]
    model = value_of(context.facts.identity).model
    least = context.params["bootrom_min"].get(model)
    seen = [row.seen for row in rows]
    versions = sorted({row.bootrom or "" for row in rows})
    results = []
    if len(versions) > 1:
        shown = "，".join(f"{row.location}：{row.bootrom}" for row in rows)
        results.append(failed("", Severity.INFO, f"引导程序版本不一致：{shown}", *seen))
    if least is None:
        why = f"引导程序 {'、'.join(versions)}；基线没有登记 {model} 的配套版本"
        return [*results, not_assessed(Reason.NO_BASELINE, why, "matrix", *seen)]
    return [*results, *(_loader(row, least) for row in rows)]


def _loader(row: BootInfo, least: str) -> Result:
    said = f"引导程序 {row.bootrom}，配套要求不低于 {least}"
    object_ = f"{row.location} bootrom".strip()
    if _numbers(row.bootrom or "") < _numbers(least):
        return failed(object_, Severity.MINOR, said, row.seen)
    return passed(object_, said, row.seen)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


@check("VER-011", "files", "startup", "patches")
def leftover_packages(context: Context) -> list[Result]:
    """Installation packages that neither this start nor the next uses, nor a patch that is installed."""
    row: Startup = value_of(context.facts.startup)
    used = {_base(path) for paths in (row.image_current, row.image_next) for path in (paths or "").split(",")}
    used |= {_base(patch.name) for patch in value_of(context.facts.patches)}
    files: Sequence[StoredFile] = value_of(context.facts.files)
    idle = [file for file in files if _is_package(file, context.params) and _base(file.name) not in used]
    said = f"未被启动项与补丁引用的安装包 {len(idle)} 个{_listed(idle)}"
    seen = [file.seen for file in idle] or list(context.facts.files.sources)
    if len(idle) >= context.params["idle_warn"]:
        return [failed("", Severity.MINOR, f"{said}，达到 {context.params['idle_warn']} 个", *seen)]
    return [passed("", said, *seen)]


def _base(path: str) -> str:
    return path.strip().lower().rpartition("/")[2].rpartition(":")[2]


def _is_package(file: StoredFile, params: Mapping[str, Any]) -> bool:
    return file.name.lower().endswith(params["packages"])


def _listed(files: Iterable[StoredFile]) -> str:
    names = "、".join(f"{file.name}（{file.size_bytes / 1048576:.0f} MB）" for file in files)
    return f"：{names}" if names else ""
