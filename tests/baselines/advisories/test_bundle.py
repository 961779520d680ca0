"""The bundle in the data folder: whole or not at all, hashed, signed, and never silently another one."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from baselines.advisories.bundle import Bundle, bundle_root, current, version, versions
from baselines.advisories.errors import AdvisoryError, BundleError
from baselines.advisories.importing import Imported, import_files
from baselines.advisories.signature import KEY_VARIABLE, fingerprint
from tests.baselines.advisories.feeds import put

NOW = datetime(2026, 11, 1, 8, 0, 0, tzinfo=UTC)
FORMS = ("nvd20", "cnvd", "cvrf", "kev", "epss")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def imported(tmp_path: Path, data: Path) -> Imported:
    return import_files([put(tmp_path, form) for form in FORMS], data, now=NOW, tool_version="1.2")


def test_what_is_read_again_is_what_was_written(imported: Imported, data: Path) -> None:
    found = current(data)
    assert found is not None
    found.check()
    assert found.manifest == imported.bundle.manifest
    assert [each.id for each in found.advisories()] == ["CVE-2026-90002", "EX-SA-2026-8"]
    assert len(list(found.records())) == 3
    assert {each.cve for each in found.enrichments()} == {"CVE-2026-90002"}
    by_id = {each.id: each for each in found.advisories()}
    assert "INOS-CN" in by_id["EX-SA-2026-8"].hint
    assert by_id["CVE-2026-90002"].hint == ""


def test_sources_have_their_age_and_count(imported: Imported) -> None:
    sources = {source.format: source for source in imported.bundle.manifest.sources}
    assert {form: (s.as_of, s.stated, s.records) for form, s in sources.items()} == {
        "nvd20": (date(2026, 2, 11), False, 1),
        "cnvd": (date(2026, 2, 5), False, 1),
        "cvrf": (date(2026, 6, 2), True, 1),
        "kev": (date(2026, 4, 1), True, 1),
        "epss": (date(2026, 5, 5), True, 1),
    }
    assert {source.imported_at for source in sources.values()} == {NOW}


def test_nothing_imported_is_no_bundle(tmp_path: Path) -> None:
    assert current(tmp_path) is None
    assert versions(tmp_path) == ()


@pytest.mark.parametrize("name", ["advisories.jsonl", "others.jsonl", "records.jsonl", "enrichments.jsonl"])
def test_a_changed_file_is_told(imported: Imported, name: str) -> None:
    file = imported.bundle.folder / name
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(BundleError, match=f"{name}: is not what the manifest says"):
        imported.bundle.check()


def test_a_damaged_manifest_is_told(imported: Imported, data: Path) -> None:
    (imported.bundle.folder / "manifest.json").write_text('{"schema": 1}', "utf-8")
    with pytest.raises(BundleError, match=r"manifest.json: is damaged"):
        current(data)


def test_a_bundle_of_another_form_is_refused(imported: Imported, data: Path) -> None:
    file = imported.bundle.folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"schema": 9}), "utf-8")
    with pytest.raises(BundleError, match="of form 9; this program reads form 1"):
        current(data)


@pytest.mark.parametrize("name", ["../x", "", "20260101T000000Z-00000000"])
def test_a_version_that_is_not_there(imported: Imported, data: Path, name: str) -> None:
    with pytest.raises(BundleError, match=f"there are: {imported.bundle.manifest.version}"):
        version(data, name)


def test_an_import_that_fails_changes_nothing(imported: Imported, tmp_path: Path, data: Path) -> None:
    good, bad = put(tmp_path, "own_yaml"), put(tmp_path, "nvd20", '{"id": "CVE-2026-1", "descriptions": [')
    with pytest.raises(AdvisoryError, match=r"nvd20.txt: descriptions: no valid JSON"):
        import_files([good, bad], data, now=NOW, tool_version="1.2")
    now = current(data)
    assert now is not None
    assert now.manifest == imported.bundle.manifest
    assert versions(data) == (imported.bundle.manifest.version,)


def test_old_versions_stay(imported: Imported, tmp_path: Path, data: Path) -> None:
    later = import_files([put(tmp_path, "own_yaml")], data, now=NOW.replace(hour=9), tool_version="1.2")
    assert versions(data) == (imported.bundle.manifest.version, later.bundle.manifest.version)
    assert len(list(version(data, imported.bundle.manifest.version).records())) == 3


def test_a_folder_gives_its_files_and_names_what_it_passed_over(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "feeds"
    (folder / "inner").mkdir(parents=True)
    put(folder, "nvd20")
    put(folder / "inner", "kev")
    (folder / "README").write_text("about", "utf-8")
    done = import_files([folder], data, now=NOW, tool_version="1.2")
    assert [file.format for file in done.files] == ["kev", "nvd20"]
    assert done.passed_over == [str(folder / "README")]


# --- signatures ----------------------------------------------------------------------------------


def key_file(folder: Path, key: Ed25519PrivateKey) -> Path:
    file = folder / "signing.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file


def trust(data: Path, key: Ed25519PrivateKey) -> None:
    folder = bundle_root(data) / "trusted"
    folder.mkdir(parents=True, exist_ok=True)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / "team.pem").write_bytes(public)


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ed25519PrivateKey:
    made = Ed25519PrivateKey.generate()
    monkeypatch.setenv(KEY_VARIABLE, str(key_file(tmp_path, made)))
    return made


def signed_by(bundle: Bundle, data: Path) -> str:
    return bundle.signed_by(bundle_root(data) / "trusted")


def test_a_trusted_signature_is_accepted(key: Ed25519PrivateKey, imported: Imported, data: Path) -> None:
    assert signed_by(imported.bundle, data) == ""
    trust(data, key)
    assert signed_by(imported.bundle, data) == fingerprint(key.public_key())


def test_where_a_key_is_trusted_a_bundle_without_signature_is_refused(imported: Imported, data: Path) -> None:
    trust(data, Ed25519PrivateKey.generate())
    with pytest.raises(BundleError, match="is not signed, and only bundles of trusted keys"):
        signed_by(imported.bundle, data)


@pytest.mark.usefixtures("key")
def test_another_key_is_refused(imported: Imported, data: Path) -> None:
    trust(data, Ed25519PrivateKey.generate())
    with pytest.raises(BundleError, match="not among the trusted ones"):
        signed_by(imported.bundle, data)


def test_a_changed_manifest_is_refused(key: Ed25519PrivateKey, imported: Imported, data: Path) -> None:
    trust(data, key)
    file = imported.bundle.folder / "manifest.json"
    file.write_text(file.read_text("utf-8").replace('"1.2"', '"1.3"'), "utf-8")
    with pytest.raises(BundleError, match="does not fit the manifest"):
        signed_by(Bundle(imported.bundle.folder), data)


def test_a_key_of_another_kind_is_refused(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "rsa.pem"
    rsa = generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - never used
    file.write_bytes(rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    monkeypatch.setenv(KEY_VARIABLE, str(file))
    with pytest.raises(BundleError, match="must be an Ed25519 key"):
        import_files([put(tmp_path, "kev")], data, now=NOW, tool_version="1.2")
    assert current(data) is None
