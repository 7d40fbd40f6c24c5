"""What lies in a bundle, told twice: to people (licences) and to programs (an SBOM)."""

import json
import platform
import re
import subprocess
import sys
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|third.?party)", re.IGNORECASE)
_LONGEST = 3_000_000  # characters of one licence file


@dataclass(frozen=True)
class Part:
    """Something of others that a bundle holds. texts: its licence files, by name."""

    name: str
    version: str
    licence: str
    homepage: str
    purl: str
    texts: dict[str, str]


def write_papers(
    folder: Path, version: str, modules: Iterable[str], files: Iterable[tuple[str, str]]
) -> None:
    """Write THIRD-PARTY-NOTICES.txt and sbom.cdx.json.

    modules: names of the Python modules in the bundle; files: (place in it, where it is from).
    """
    names = {module.partition(".")[0] for module in modules}
    files = list(files)
    names |= {re.split(r"[/\\.]", place)[0] for place, _ in files}
    parts = sorted(
        [_python(), *_packages(names), *_system_parts(files)], key=lambda part: part.name.lower()
    )
    (folder / "THIRD-PARTY-NOTICES.txt").write_text(_notices(parts), encoding="utf-8")
    sbom = json.dumps(_sbom(version, parts), indent=1, ensure_ascii=False)
    (folder / "sbom.cdx.json").write_text(sbom + "\n", encoding="utf-8")


# --- what there is -----------------------------------------------------------------------------


def _python() -> Part:
    text = next(
        (
            path.read_text(encoding="utf-8", errors="replace")
            for place in (Path(sys.base_prefix), Path(json.__file__).parents[1])
            for path in (place / "LICENSE.txt", place / "LICENSE")
            if path.is_file()
        ),
        "Python Software Foundation License, https://docs.python.org/3/license.html\n",
    )
    version = platform.python_version()
    return Part("Python", version, "PSF-2.0", "https://www.python.org",
                f"pkg:generic/python@{version}", {"LICENSE": text})  # fmt: skip


def _packages(names: set[str]) -> list[Part]:
    """The distributions that the modules of these names come from."""
    homes = metadata.packages_distributions()
    found = {home for name in names for home in homes.get(name, ())}
    found |= {"shiboken6"} if "PySide6" in names else set()
    return [_package(name) for name in sorted(found) if name.lower() != "colorstudio"]


def _package(name: str) -> Part:
    home = metadata.distribution(name)
    about = home.metadata
    texts = {}
    for file in home.files or ():
        path = Path(str(home.locate_file(file)))
        if _LICENCE_FILE.search(file.name) and file.suffix not in (".py", ".pyc", ".pyi"):
            texts[str(file)] = path.read_text(encoding="utf-8", errors="replace")[:_LONGEST]
    urls = dict(re.split(r",\s*", url, maxsplit=1) for url in about.get_all("Project-URL") or ())
    classes = [line for line in about.get_all("Classifier") or () if line.startswith("License ::")]
    licence = (about.get("License-Expression") or "").strip()
    said = (about.get("License") or "").strip().split("\n")[0]
    licence = licence or (said if 0 < len(said) < 80 else "") or "; ".join(
        line.rpartition(":: ")[2] for line in classes
    )  # fmt: skip
    page = about.get("Home-page") or next(iter(urls.values()), "")
    plain = re.sub(r"[-_.]+", "-", name).lower()
    return Part(about["Name"], home.version, licence or "see its licence file", page,
                f"pkg:pypi/{plain}@{home.version}", texts)  # fmt: skip


def _system_parts(files: list[tuple[str, str]]) -> list[Part]:
    """Libraries of a Debian or Ubuntu system that came along, by the package they belong to."""
    taken = [
        source for _, source in files
        if re.match(r"/(usr/)?lib/", source) and ".so" in source
    ]  # fmt: skip
    if not sys.platform.startswith("linux") or not taken:
        return []
    system = platform.freedesktop_os_release().get("ID", "debian")
    parts = []
    for full_name, version in sorted(_debian_packages(taken).items()):
        name = full_name.partition(":")[0]
        paper = Path("/usr/share/doc") / name / "copyright"
        text = paper.read_text(encoding="utf-8", errors="replace") if paper.is_file() else ""
        parts.append(Part(name, version, "see its copyright file", "",
                          f"pkg:deb/{system}/{name}@{version}",
                          {"copyright": text} if text else {}))  # fmt: skip
    return parts


def _debian_packages(libraries: list[str]) -> dict[str, str]:
    """Name and version of the packages that these files belong to; empty on another Linux."""
    # Packages name their files by one of several paths: /lib may be a link to /usr/lib.
    paths = {path for library in libraries for path in (library, str(Path(library).resolve()))}
    paths |= {path.removeprefix("/usr") for path in paths}
    try:
        told = subprocess.run(
            ["dpkg", "-S", *sorted(paths)], capture_output=True, text=True, check=False
        ).stdout
        names = {line.partition(": ")[0].split(", ")[0] for line in told.splitlines()}
        query = ["dpkg-query", "-W", "-f", "${binary:Package}\t${Version}\n", *sorted(names)]
        told = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return {}
    return dict(line.split("\t") for line in told.splitlines())


# --- telling it --------------------------------------------------------------------------------


def _notices(parts: list[Part]) -> str:
    head = (HERE / "notices-head.txt").read_text(encoding="utf-8")
    lines = [head, "Parts\n-----\n"]
    lines += [f"{part.name} {part.version}: {part.licence}  {part.homepage}" for part in parts]
    for part in parts:
        for name, text in part.texts.items():
            title = f"{part.name} {part.version}: {name}"
            lines += ["", "=" * 80, title, "=" * 80, text.rstrip()]
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt"):
        text = (HERE / name).read_text(encoding="utf-8")
        lines += ["", "=" * 80, name, "=" * 80, text.rstrip()]
    return "\n".join(lines) + "\n"


def _sbom(version: str, parts: list[Part]) -> dict[str, object]:
    """CycloneDX 1.6. The serial number follows from the content, so a build can be repeated."""
    own = {
        "type": "application",
        "bom-ref": "colorstudio",
        "name": "Color Studio",
        "version": version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    components = [
        {
            "type": "library",
            "bom-ref": part.purl,
            "name": part.name,
            "version": part.version,
            "purl": part.purl,
            "licenses": [{"license": {"name": part.licence}}],
        }
        for part in parts
    ]
    seed = "\n".join([version, *(part.purl for part in parts)])
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, seed)}",
        "version": 1,
        "metadata": {"component": own},
        "components": components,
        "dependencies": [
            {"ref": "colorstudio", "dependsOn": [part.purl for part in parts]},
            *({"ref": part.purl} for part in parts),
        ],
    }
