"""A complete data package of a dozen claims about places that there are not, with the texts that they stand in.

Tests of what the package does rest on it, so that to correct the book's own data means to edit no test. Contract, units
and the words of the interface are those of the book: they are code in the form of data.
"""

import csv
import hashlib
import json
import shutil
from pathlib import Path

from zhenzhi import paths

_REPORT = (
    "青禾镇工作报告。全镇设12个网格，配备网格员48名、志愿者30名，推行2+2工作法，上报事件1250件，办结率98.4%。"
    "全年税收2.5亿元，同比增长25%。投入超300万元，绿道近20公里，访问800多户，开展四大行动：清河行动、护路行动、助老行动。"
    "网格员每月例会，每季度报告。纠纷同比下降10%，计划访问1000户，建百亩公园。人员共78人。受访250户，签约213户，占85%。青禾镇设12个网格。"
)
_NOTICE = "柳塘村通讯。村民约1500人，其中党员占8%，今年预计接待游客1万至2万人。"

#: The texts by document.
TEXTS = {"aa21": _REPORT, "bb22": _NOTICE}

_INDICATORS = {
    "grids": ("Grids", "网格数", "grid"), "staff": ("Grid staff", "网格员数", "person"),
    "volunteers": ("Volunteers", "志愿者数", "person"), "events": ("Events", "事件数", "event"),
    "closing-rate": ("Events closed", "事件办结率", "percent"), "tax": ("Tax", "税收", "yuan"),
    "tax-growth": ("Growth of tax", "税收增长率", "percent"), "spent": ("Money spent", "投入资金", "yuan"),
    "path": ("Green paths", "绿道长度", "km"), "visits": ("Households visited", "访问户数", "household"),
    "components": ("Components", "组成数", "item"), "cadence": ("Cadence", "频次", "per-month"),
    "residents": ("Residents", "村民数", "person"), "members": ("Party members", "党员占比", "percent"),
    "report-cadence": ("Reports", "报告频次", "per-quarter"),
    "visitors": ("Visitors", "游客数", "person"), "park": ("Park", "公园面积", "mu"),
    "signing-rate": ("Signing rate", "签约率", "percent"),
    "disputes-change": ("Change of disputes", "纠纷变化率", "percent"),
}  # fmt: skip

CHECKS = [
    {
        "check_id": "aa21-signing", "type": "share", "name": {"en": "Households that signed", "zh": "签约户"},
        "claims": {"part": "aa21-signed", "whole": "aa21-asked", "share": "aa21-signing-rate"},
        "quantities": {"rest": {"en": "households that did not sign", "zh": "未签约户"}},
    },
    {
        "check_id": "aa21-helpers", "type": "sum", "name": {"en": "Helpers", "zh": "人员合计"},
        "claims": {"parts": ["aa21-staff", "aa21-volunteers"]}, "quantities": {"sum": {"en": "helpers", "zh": "人员"}},
    },
    {
        "check_id": "aa21-events-closed", "type": "share", "name": {"en": "Events closed", "zh": "事件办结"},
        "claims": {"whole": "aa21-events", "share": "aa21-closed"},
        "quantities": {
            "part": {"en": "events closed", "zh": "办结事件"}, "rest": {"en": "events left open", "zh": "未办结事件"},
        },
    },
    {
        "check_id": "aa21-tax-base", "type": "growth", "name": {"en": "Tax a year earlier", "zh": "上年税收"},
        "claims": {"current": "aa21-tax", "growth": "aa21-tax-growth"},
        "quantities": {"base": {"en": "tax of the year before", "zh": "上年税收"}},
    },
    {
        "check_id": "aa21-actions-listed", "type": "listed", "name": {"en": "Four actions", "zh": "四大行动"},
        "claims": {"stated": "aa21-actions"}, "model": "aa21-actions",
    },
]  # fmt: skip


#: Resources of words, which the package has as they are.
KEPT = {"labels": "labels.yml", "search": "search.yml"}


def write(folder: Path) -> Path:
    """Writes the package into an empty folder, and its texts into ``texts`` in it; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("units.csv", *KEPT.values()):
        shutil.copy(paths.DATA / name, folder / name)
    texts = folder / "texts"
    texts.mkdir()
    for document, text in TEXTS.items():
        (texts / f"{document}.txt").write_text(text, encoding="utf-8", newline="")
    descriptor = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    content, lists = _rows(), {"checks": CHECKS, "caveats": _CAVEATS, "figures": FIGURES}
    for resource in descriptor["resources"]:
        if resource["name"] == "figures":
            resource["path"] = ["figures/made.yml"]
        if "schema" in resource and resource["name"] != "units":
            columns = [field["name"] for field in resource["schema"]["fields"]]
            _write_table(folder / resource["path"], columns, content.get(resource["name"], []))
        elif "schema" not in resource and resource["name"] not in KEPT:
            (path,) = [resource["path"]] if isinstance(resource["path"], str) else resource["path"]
            (folder / path).parent.mkdir(exist_ok=True)
            text = json.dumps(lists.get(resource["name"], []), ensure_ascii=False)
            (folder / path).write_text(text, encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return folder


_CAVEATS = [
    {
        "caveat_id": "aa21-undated", "document_id": "aa21", "start": 0, "end": 7, "kind": "undated",
        "note_en": "The report says nowhere when it was written.", "note_zh": "报告未注明写作时间。", "affects": ["aa21-tax"],
    }
]  # fmt: skip

_LABELS = {
    "units-differ": {"en": "The units differ.", "zh": "单位不同。"},
    "tuesday": {"en": "Grid Tuesday", "zh": "网格星期二"},
    "units": {"en": "pairs", "zh": "对"},
    "aa21-events": {"en": "events", "zh": "件事件"},
    "aa21-grids": {"en": "grid", "zh": "网格"},
    "aa21-staff": {"en": "officers", "zh": "名网格员"},
    "aa21-helpers.sum": {"en": "helper", "zh": "工作人员"},
    "aa21-reports": {"en": "reports", "zh": "份报告"},
    "aa21-meetings": {"en": "meetings", "zh": "次会议"},
    "stated-aa21-events-aa21-grids": {
        "en": "The report gives {claim}`aa21-events`.",
        "zh": "原文为{claim}`aa21-events`。",
    },
    "all": {"en": "all residents", "zh": "全体村民"},
    "part": {"en": "the members", "zh": "党员"},
    "within": {"en": "the active", "zh": "在职党员"},
    "low": {"en": "the inactive", "zh": "其他党员"},
}

#: The words of a chart; its title and caption say nothing of what it shows.
FIGURES = [
    {
        "figure_id": figure, "chapter": "made", "mark": mark, **({"panel": True} if panel else {}),
        "title": {"en": "A made-up figure", "zh": "虚构的图"}, "subtitle": {"en": "What it measures", "zh": "所量之事"},
        "caption": {"en": "A figure of a test.", "zh": "测试用图。"}, "labels": _LABELS,
    }
    for figure, mark, panel in (("made-chart", "reported", False), ("made-panel", "computed", True))
]  # fmt: skip


_BASES = ({"date_basis": "stated"}, {"date_basis": "inferred", "not_excluded": "2023"})


def _rows() -> dict[str, list[dict]]:
    claims = []
    with (Path(__file__).parent / "made_up_claims.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            claim, model, phrase = row.pop("claim"), row.pop("model"), row["as_written"]
            document = "bb22" if claim in ("residents", "members", "visitors") else "aa21"
            start = TEXTS[document].index(phrase)
            keys = {
                "claim_id": f"{document}-{claim}", "article_id": f"{document}-report", "start": start,
                "end": start + len(phrase), "place_id": "liutang" if document == "bb22" else "qinghe",
                "model_id": model and f"aa21-{model}",
            }  # fmt: skip
            claims.append({**row, **keys})
    again = TEXTS["aa21"].rindex("12个网格")
    repeat = {**claims[0], "claim_id": "aa21-grids-again", "start": again, "end": again + 5, "repeats": "aa21-grids"}
    documents = [
        {
            "document_id": document, "file_name": f"{document}.txt", "characters": len(text),
            "sha256": hashlib.sha256(text.encode()).hexdigest(), "title_en": f"Report {document}", "title_zh": "工作报告",
            "form": "web-page",
            "medium": "report", "medium_zh": "报告", "publisher_en": "Qinghe Town Office", "publisher_zh": "青禾镇办公室",
            "published": published, **basis,
        }
        for (document, text), published, basis in zip(TEXTS.items(), ("2021-01-15", "2022-05"), _BASES, strict=True)
    ]  # fmt: skip
    articles = [
        {
            "article_id": f"{document}-report", "document_id": document, "title_en": f"Report {document}",
            "title_zh": "工作报告", "start": 0, "end": len(text), "place_ids": place,
        }
        for (document, text), place in zip(TEXTS.items(), ("qinghe", "liutang"), strict=True)
    ]  # fmt: skip
    names = (("grids", "网格化", "grids"), ("actions", "四大行动", "four actions"))
    models = [
        {
            "model_id": f"aa21-{model}", "name_en": en, "name_zh": zh, "place_id": "qinghe", "article_id": "aa21-report",
            "start": TEXTS["aa21"].index(zh[:2]), "stated_count": "4" if model == "actions" else "",
            "listed_count": "3" if model == "actions" else "", "states_en": "What it states.", "states_zh": "所述。",
            "silent_en": "What it leaves out.", "silent_zh": "未述。",
        }
        for model, zh, en in names
    ]  # fmt: skip
    parts = [
        {
            "part_id": f"aa21-actions-{part}", "model_id": "aa21-actions", "role": "component",
            "name_zh": f"{zh}行动", "name_en": en,
        }
        for part, zh, en in (("river", "清河", "clean rivers"), ("roads", "护路", "safe roads"), ("old", "助老", "the old"))
    ]  # fmt: skip
    indicators = [
        {
            "indicator_id": name, "name_en": en, "name_zh": zh, "unit": unit, "topic": "social-governance",
            "definition": f"{en} of a made-up place.", "definition_zh": f"虚构地方的{zh}。",
        }
        for name, (en, zh, unit) in _INDICATORS.items()
    ]  # fmt: skip
    places = [
        {"place_id": "anbei", "name_en": "Anbei", "name_zh": "安北省", "level": "province"},
        {"place_id": "linjiang", "name_en": "Linjiang", "name_zh": "临江市", "level": "city", "parent_id": "anbei"},
        {"place_id": "qinghe", "name_en": "Qinghe", "name_zh": "青禾镇", "level": "town", "parent_id": "linjiang"},
        {"place_id": "liutang", "name_en": "Liutang", "name_zh": "柳塘村", "level": "village", "parent_id": "qinghe"},
    ]
    external = {
        "external_id": "qinghe-area", "place_id": "qinghe", "what_en": "area of the town", "what_zh": "全镇面积",
        "value": "60000", "unit": "mu", "period": "2020", "publisher": "Statistics Office", "publisher_zh": "统计局",
        "published": "2021", "url": "https://example.org/area",
    }  # fmt: skip
    term = {
        "term_zh": "网格", "pinyin": "wǎnggé", "term_en": "grid", "definition_en": "A unit of ground.",
        "definition_zh": "一片地方。",
    }  # fmt: skip
    return {
        "claims": [*claims, repeat], "documents": documents, "articles": articles, "models": models,
        "model_parts": parts, "indicators": indicators, "places": places, "external": [external], "terms": [term],
    }  # fmt: skip


def _write_table(file: Path, columns: list[str], rows: list[dict]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
