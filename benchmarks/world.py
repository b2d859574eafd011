"""Makes the outline of the world that the explorer's map draws, from the npm package world-atlas 2.0.2 (Natural Earth,
public domain; the package is ISC).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python benchmarks/world.py package/countries-50m.json src/communique/explorer/data/world.npz

Keeps the borders of countries and nothing else; their numbers become the letters of ISO 3166-1 that events use. What
has no number there (Northern Cyprus, Somaliland, the Siachen Glacier) keeps its name, in small letters. Same file, same
bytes.
"""

import json
import sys
from pathlib import Path

import numpy as np

# ISO 3166-1: numbers and letters.
CODES = (
    "004AFG 008ALB 010ATA 012DZA 016ASM 020AND 024AGO 028ATG 031AZE 032ARG 036AUS 040AUT 044BHS 048BHR 050BGD 051ARM "
    "052BRB 056BEL 060BMU 064BTN 068BOL 070BIH 072BWA 074BVT 076BRA 084BLZ 086IOT 090SLB 092VGB 096BRN 100BGR 104MMR "
    "108BDI 112BLR 116KHM 120CMR 124CAN 132CPV 136CYM 140CAF 144LKA 148TCD 152CHL 156CHN 158TWN 162CXR 166CCK 170COL "
    "174COM 175MYT 178COG 180COD 184COK 188CRI 191HRV 192CUB 196CYP 203CZE 204BEN 208DNK 212DMA 214DOM 218ECU 222SLV "
    "226GNQ 231ETH 232ERI 233EST 234FRO 238FLK 239SGS 242FJI 246FIN 248ALA 250FRA 254GUF 258PYF 260ATF 262DJI 266GAB "
    "268GEO 270GMB 275PSE 276DEU 288GHA 292GIB 296KIR 300GRC 304GRL 308GRD 312GLP 316GUM 320GTM 324GIN 328GUY 332HTI "
    "334HMD 336VAT 340HND 344HKG 348HUN 352ISL 356IND 360IDN 364IRN 368IRQ 372IRL 376ISR 380ITA 384CIV 388JAM 392JPN "
    "398KAZ 400JOR 404KEN 408PRK 410KOR 414KWT 417KGZ 418LAO 422LBN 426LSO 428LVA 430LBR 434LBY 438LIE 440LTU 442LUX "
    "446MAC 450MDG 454MWI 458MYS 462MDV 466MLI 470MLT 474MTQ 478MRT 480MUS 484MEX 492MCO 496MNG 498MDA 499MNE 500MSR "
    "504MAR 508MOZ 512OMN 516NAM 520NRU 524NPL 528NLD 531CUW 533ABW 534SXM 535BES 540NCL 548VUT 554NZL 558NIC 562NER "
    "566NGA 570NIU 574NFK 578NOR 580MNP 581UMI 583FSM 584MHL 585PLW 586PAK 591PAN 598PNG 600PRY 604PER 608PHL 612PCN "
    "616POL 620PRT 624GNB 626TLS 630PRI 634QAT 638REU 642ROU 643RUS 646RWA 652BLM 654SHN 659KNA 660AIA 662LCA 663MAF "
    "666SPM 670VCT 674SMR 678STP 682SAU 686SEN 688SRB 690SYC 694SLE 702SGP 703SVK 704VNM 705SVN 706SOM 710ZAF 716ZWE "
    "724ESP 728SSD 729SDN 732ESH 740SUR 744SJM 748SWZ 752SWE 756CHE 760SYR 762TJK 764THA 768TGO 772TKL 776TON 780TTO "
    "784ARE 788TUN 792TUR 795TKM 796TCA 798TUV 800UGA 804UKR 807MKD 818EGY 826GBR 831GGY 832JEY 833IMN 834TZA 840USA "
    "850VIR 854BFA 858URY 860UZB 862VEN 876WLF 882WSM 887YEM 894ZMB"
)
LETTERS = {each[:3]: each[3:] for each in CODES.split()}
# Without a number in the standard, but with letters that event data use.
NAMED = {"Kosovo": "XKX"}


def main() -> int:
    """Read, rename, write."""
    source, target = map(Path, sys.argv[1:3])
    told = json.loads(source.read_bytes())
    countries: dict[str, list[list[int]]] = {}
    for each in told["objects"]["countries"]["geometries"]:
        name = each["properties"]["name"]
        letters = LETTERS.get(each.get("id", ""), NAMED.get(name, name.lower()))
        rings = each["arcs"] if each["type"] == "Polygon" else [ring for part in each["arcs"] for ring in part]
        countries.setdefault(letters, []).extend(rings)
    countries.pop("ATA")
    told_by = sorted((letters, ring) for letters, rings in countries.items() for ring in rings)
    np.savez_compressed(
        target,
        # Of each arc its first point, and then each step, in parts of a degree; `lengths` are their numbers of points.
        steps=np.concatenate([np.array(arc, np.int32) for arc in told["arcs"]]),
        lengths=np.array([len(arc) for arc in told["arcs"]], np.int32),
        scale=np.array(told["transform"]["scale"]),
        shift=np.array(told["transform"]["translate"]),
        # Of each outline whose it is, and its arcs: n, or ~n for the arc n backwards.
        codes=np.array([letters for letters, _ in told_by]),
        outlines=np.concatenate([np.array(ring, np.int32) for _, ring in told_by]),
        sizes=np.array([len(ring) for _, ring in told_by], np.int32),
    )
    print(f"{len(countries)} countries and territories, {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
