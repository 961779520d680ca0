"""Small files of each form, of our own making: fictional numbers, real shapes."""

import json
from pathlib import Path
from typing import Any

CVE5: dict[str, Any] = {
    "dataType": "CVE_RECORD",
    "dataVersion": "5.1",
    "cveMetadata": {
        "cveId": "CVE-2026-90001",
        "assignerShortName": "huawei",
        "state": "PUBLISHED",
        "datePublished": "2026-03-01T08:00:00",
        "dateUpdated": "2026-04-02T08:00:00.123Z",
    },
    "containers": {
        "cna": {
            "providerMetadata": {"shortName": "huawei"},
            "title": "Fictional flaw in OSPF",
            "descriptions": [{"lang": "en", "value": "A fictional flaw. It does not exist."}],
            "affected": [
                {
                    "vendor": "Huawei",
                    "product": "CloudEngine 6800",
                    "defaultStatus": "unaffected",
                    "versions": [
                        {"version": "V200R019C10SPC800", "status": "affected"},
                        {
                            "version": "V200R020C00",
                            "lessThan": "V200R020C10SPC600",
                            "status": "affected",
                            "versionType": "custom",
                        },
                    ],
                }
            ],
            "metrics": [
                {
                    "cvssV3_1": {
                        "version": "3.1",
                        "baseScore": 7.5,
                        "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
                    }
                }
            ],
            "references": [{"url": "https://www.example.com/psirt/huawei-sa-20260301-01-ospf-en"}],
            "configurations": [{"lang": "en", "value": "OSPF must be enabled."}],
            "workarounds": [{"lang": "en", "value": "Enable OSPF authentication."}],
        },
        "adp": [
            {
                "title": "CISA ADP Vulnrichment",
                "providerMetadata": {"shortName": "CISA-ADP"},
                "metrics": [
                    {
                        "other": {
                            "type": "ssvc",
                            "content": {
                                "timestamp": "2026-03-05T00:00:00Z",
                                "options": [
                                    {"Exploitation": "poc"},
                                    {"Automatable": "no"},
                                    {"Technical Impact": "partial"},
                                ],
                            },
                        }
                    },
                    {"other": {"type": "kev", "content": {"dateAdded": "2026-03-20"}}},
                ],
            }
        ],
    },
}
_FIRMWARE = "cpe:2.3:o:huawei:s5700_firmware:{}:*:*:*:*:*:*:*"
_HARDWARE = "cpe:2.3:h:huawei:s5700:-:*:*:*:*:*:*:*"
NVD20: dict[str, Any] = {
    "id": "CVE-2026-90002",
    "sourceIdentifier": "psirt@example.com",
    "published": "2026-02-01T10:00:00.000",
    "lastModified": "2026-02-11T10:00:00.000",
    "vulnStatus": "Analyzed",
    "descriptions": [
        {"lang": "en", "value": "Huawei S5700 with software before V200R019C10SPC500 has a flaw."}
    ],
    "metrics": {
        "cvssMetricV40": [
            {
                "source": "psirt@example.com",
                "type": "Secondary",
                "cvssData": {
                    "version": "4.0",
                    "baseScore": 8.7,
                    "vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N",
                },
            }
        ],
        "cvssMetricV31": [
            {
                "source": "nvd@nist.gov",
                "type": "Primary",
                "cvssData": {
                    "version": "3.1",
                    "baseScore": 7.5,
                    "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
                },
            }
        ],
    },
    "configurations": [
        {
            "operator": "AND",
            "nodes": [
                {
                    "operator": "OR",
                    "negate": False,
                    "cpeMatch": [
                        {
                            "vulnerable": True,
                            "criteria": _FIRMWARE.format("*"),
                            "versionStartIncluding": "v200r013c00",
                            "versionEndIncluding": "v200r019c00spc500",
                        }
                    ],
                },
                {
                    "operator": "OR",
                    "negate": False,
                    "cpeMatch": [{"vulnerable": False, "criteria": _HARDWARE}],
                },
            ],
        }
    ],
    "references": [{"url": "https://www.example.com/2"}],
}
NVD11: dict[str, Any] = {
    "cve": {
        "CVE_data_meta": {"ID": "CVE-2026-90002"},
        "description": {"description_data": [{"lang": "en", "value": "A flaw in S5700."}]},
        "references": {"reference_data": [{"url": "https://www.example.com/1"}]},
    },
    "configurations": {
        "nodes": [
            {
                "operator": "AND",
                "children": [
                    {
                        "operator": "OR",
                        "cpe_match": [
                            {"vulnerable": True, "cpe23Uri": _FIRMWARE.format("v200r013c00spc500")},
                            {"vulnerable": True, "cpe23Uri": _FIRMWARE.format("v200r019c00")},
                        ],
                    },
                    {"operator": "OR", "cpe_match": [{"vulnerable": False, "cpe23Uri": _HARDWARE}]},
                ],
            }
        ]
    },
    "impact": {"baseMetricV2": {"cvssV2": {"baseScore": 7.8, "vectorString": "AV:N/AC:L/Au:N/C:N/I:N/A:C"}}},
    "publishedDate": "2026-02-01T10:15Z",
    "lastModifiedDate": "2026-02-03T10:15Z",
}
CSAF: dict[str, Any] = {
    "document": {
        "category": "csaf_security_advisory",
        "csaf_version": "2.0",
        "title": "Fictional bulletin",
        "publisher": {"name": "Example PSIRT", "category": "vendor", "namespace": "https://www.example.com"},
        "tracking": {
            "id": "EX-SA-2026-7",
            "initial_release_date": "2026-05-01T00:00:00Z",
            "current_release_date": "2026-05-09T00:00:00Z",
        },
    },
    "product_tree": {
        "branches": [
            {
                "category": "vendor",
                "name": "H3C",
                "branches": [
                    {
                        "category": "product_name",
                        "name": "S6520X-EI",
                        "branches": [
                            {
                                "category": "product_version_range",
                                "name": "vers:all/>=R6510<R6616P05 only in IRF mode",
                                "product": {"product_id": "P1", "name": "H3C S6520X-EI >=R6510<R6616P05"},
                            },
                            {
                                "category": "product_version",
                                "name": "R6616P05",
                                "product": {"product_id": "P2", "name": "H3C S6520X-EI R6616P05"},
                            },
                        ],
                    }
                ],
            }
        ]
    },
    "vulnerabilities": [
        {
            "cve": "CVE-2026-90003",
            "notes": [{"category": "summary", "text": "A fictional flaw."}],
            "product_status": {"known_affected": ["P1"], "first_fixed": ["P2"]},
            "remediations": [
                {"category": "workaround", "details": "Do not use it.", "product_ids": ["P1"]},
                {"category": "vendor_fix", "details": "Update to R6616P05 or later", "product_ids": ["P1"]},
            ],
            "scores": [
                {
                    "products": ["P1"],
                    "cvss_v3": {
                        "version": "3.1",
                        "baseScore": 6.5,
                        "vectorString": "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
                    },
                }
            ],
        }
    ],
}
CVRF = """<?xml version="1.0"?>
<cvrf:cvrfdoc xmlns:cvrf="http://docs.oasis-open.org/csaf/ns/csaf-cvrf/v1.2/cvrf">
 <cvrf:DocumentTitle>Fictional bulletin</cvrf:DocumentTitle>
 <cvrf:DocumentPublisher Type="Vendor"/>
 <cvrf:DocumentTracking><cvrf:Identification><cvrf:ID>EX-SA-2026-8</cvrf:ID></cvrf:Identification>
  <cvrf:InitialReleaseDate>2026-06-01T00:00:00Z</cvrf:InitialReleaseDate>
  <cvrf:CurrentReleaseDate>2026-06-02T00:00:00Z</cvrf:CurrentReleaseDate></cvrf:DocumentTracking>
 <p:ProductTree xmlns:p="http://docs.oasis-open.org/csaf/ns/csaf-cvrf/v1.2/prod">
  <p:Branch Type="Vendor" Name="Cisco"><p:Branch Type="Product Name" Name="Cisco NX-OS Software">
   <p:Branch Type="Product Version" Name="9.3(5)">
    <p:FullProductName ProductID="A">NX-OS 9.3(5)</p:FullProductName></p:Branch>
   <p:Branch Type="Product Version" Name="9.3(9)">
    <p:FullProductName ProductID="B">NX-OS 9.3(9)</p:FullProductName></p:Branch>
  </p:Branch></p:Branch></p:ProductTree>
 <v:Vulnerability Ordinal="1" xmlns:v="http://docs.oasis-open.org/csaf/ns/csaf-cvrf/v1.2/vuln">
  <v:Title>Fictional flaw</v:Title><v:CVE>CVE-2026-90004</v:CVE>
  <v:ProductStatuses><v:Status Type="Known Affected"><v:ProductID>A</v:ProductID></v:Status>
   <v:Status Type="First Fixed"><v:ProductID>B</v:ProductID></v:Status></v:ProductStatuses>
  <v:CVSSScoreSets><v:ScoreSetV3><v:BaseScoreV3>8.6</v:BaseScoreV3>
   <v:VectorV3>CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:H</v:VectorV3></v:ScoreSetV3></v:CVSSScoreSets>
 </v:Vulnerability>
</cvrf:cvrfdoc>
"""
CNVD = """<?xml version="1.0" encoding="UTF-8"?>
<vulnerabilitys><vulnerability><number>CNVD-2026-90005</number>
<cves><cve><cveNumber>CVE-2026-90002</cveNumber></cve></cves>
<title>（虚构）华为S5700拒绝服务漏洞</title><serverity>中</serverity>
<products><product>Huawei S5700 V200R013C00</product><product>Huawei S5700 &lt;=V200R019C00SPC500</product>
<product>华为 CloudEngine 12800 null</product></products>
<submitTime>2026-02-02</submitTime><openTime>2026-02-05</openTime>
<formalWay>厂商尚未提供漏洞修补方案，请关注厂商主页。</formalWay><description>（虚构）不存在的漏洞。</description>
</vulnerability></vulnerabilitys>
"""
KEV: dict[str, Any] = {
    "title": "Catalog",
    "catalogVersion": "2026.04.01",
    "dateReleased": "2026-04-01T10:00:00Z",
    "count": 1,
    "vulnerabilities": [
        {
            "cveID": "CVE-2026-90002",
            "vendorProject": "Example",
            "product": "Example",
            "dateAdded": "2026-03-15",
            "dueDate": "2026-04-05",
            "knownRansomwareCampaignUse": "Known",
        }
    ],
}
EPSS = (
    "#model_version:v2026.03.01,score_date:2026-05-05T00:00:00+0000\n"
    "cve,epss,percentile\nCVE-2026-90002,0.0432,0.91\n"
)
YAML = """name: 自有公告（虚构）
as_of: 2026-10-01
advisories:
  - id: XJ-2026-1
    aliases: [CVE-2026-90002]
    title: （虚构）S5700 拒绝服务
    vendor: 华为
    series: [S5700]
    affected: [V200R019C00及以前版本]
    fixed_in: [V200R019C10SPC500]
    remote: true
    severity: 高
    source: 自有公告
    published: 2026-02-10
    updated: 2026-02-20
"""
_ROW = "XJ-2026-2,（虚构）内存泄漏,华为,CloudEngine {},{},{},{},中,否,2026-05-01,x\n"
TABLE = (
    "编号,标题,厂商,产品,受影响版本,修复补丁,修复版本,级别,远程可触发,发布日期,备注\n"
    + _ROW.format("6800", "V200R019C10SPC800", "V200R019SPH012", "V200R019SPH012")
    + _ROW.format("8800", "V200R019C10SPC800;V200R020C00SPC100", "", "V200R020C10")
)
ALL: dict[str, object] = {
    "cve5": CVE5,
    "nvd20": NVD20,
    "nvd11": NVD11,
    "csaf": CSAF,
    "cvrf": CVRF,
    "cnvd": CNVD,
    "kev": KEV,
    "epss": EPSS,
    "own_yaml": YAML,
    "own_table": TABLE,
}


def put(folder: Path, form: str, content: object = None, name: str = "") -> Path:
    """Write a file of a form, its own or another's content; the name tells nothing."""
    what = ALL[form] if content is None else content
    file = folder / (name or f"{form}.txt")
    file.write_text(what if isinstance(what, str) else json.dumps(what, ensure_ascii=False), "utf-8")
    return file
