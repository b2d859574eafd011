"""The gazetteer: names → places of the world, from one compact file that is read once.

Facts from GeoNames (geonames.org, CC BY 4.0) and hand-written regions; `communique.training.gazetteer` builds the file.
A record is a number into parallel arrays. Points of administrative units are the mean of the towns in them, so they
say roughly where a unit lies, never where its border runs; countries have no point at all.
"""

import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.errors import RegistryError

FORM = 1
FILE = Path(__file__).parent / "data" / "gazetteer.npz"

# Kinds of record, as numbers in the file. SECTION is a part of a town, LOST a place that is no more.
COUNTRY, ADMIN1, ADMIN2, CAPITAL, SEAT, TOWN, SECTION, LOST, REGION, POINT = range(10)
# How a name belongs to its record: its own name, a shortened one, another one, a nationality adjective.
OWN, SHORT, OTHER, ADJECTIVE = range(4)
# Coordinates are kept in steps of 1/360 degree of latitude and 1/180 of longitude (about 300 and 600 metres at most);
# `NOWHERE` stands for none.
LAT_STEPS, LON_STEPS, NOWHERE = 360, 180, -32768
NONE = 0xFFFF

Numbers = npt.NDArray[Any]

_APOSTROPHES = re.compile(r"['’‘ʻʼ`´ʿʾ.]")
_GAPS = re.compile(r"[\s\-–—_/,()]+")
_PLAIN = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ǝ": "a",
})  # fmt: skip
_WORDS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


def fold(name: str) -> str:
    """The form under which a name is looked up: plain lower-case letters, "saint" as "st", no article.

    >>> fold("Saint-Étienne"), fold("The Hague"), fold("Washington, D.C.")
    ('st etienne', 'hague', 'washington dc')
    """
    name = name.lower()
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.translate(_PLAIN)).lower()
        name = "".join(each for each in name if not unicodedata.combining(each))
    words = _GAPS.sub(" ", _APOSTROPHES.sub("", name).replace("&", " and ")).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(_WORDS.get(word, word) for word in words)


@dataclass(frozen=True, slots=True)
class Record:
    """One place: its GeoNames `id` (None for hand-written regions without one), display `name`, ISO 3166-1 alpha-3
    `country` (None where several), `kind`, and WGS84 degrees where it has a point."""

    id: int | None
    name: str
    country: str | None
    kind: int
    lat: float | None
    lon: float | None


class Gazetteer:
    """Records and the names that lead to them; use :meth:`load`.

    `kind`, `country` (index into `countries`), `admin1`, `admin2` (unit numbers, `NONE` where unknown), `size` (25 ×
    log10 of the population), `lat` and `lon` (degrees, NaN without a point) are arrays over records.
    """

    def __init__(self, arrays: dict[str, Numbers]) -> None:
        self._keys = arrays["keys"].tobytes()
        self._key_ends = np.cumsum(arrays["key_lengths"], dtype=np.uint32)
        self._post_ends = np.cumsum(arrays["post_counts"], dtype=np.uint32)
        self._posts = arrays["posts"]
        self._names = arrays["names"].tobytes()
        self._name_ends = np.cumsum(arrays["name_lengths"], dtype=np.uint32)
        self._ids = arrays["ids"]
        # News names the same few thousand places over and over.
        self._key_of = functools.lru_cache(maxsize=20_000)(lambda name: self._key_index(fold(name).encode()))
        self.kind, self.country, self.size = arrays["kind"], arrays["country"], arrays["size"]
        self.admin1, self.admin2 = arrays["admin1"], arrays["admin2"]
        self.countries: list[str] = arrays["countries"].tobytes().decode("ascii").split()
        self.lat, self.lon = (
            np.where(steps == NOWHERE, np.float32(np.nan), steps / np.float32(per_degree))
            for steps, per_degree in ((arrays["lat"], LAT_STEPS), (arrays["lon"], LON_STEPS))
        )

    @classmethod
    def load(cls, path: Path | None = None) -> "Gazetteer":
        """The gazetteer of the file, or of the package; read once per process and path.

        Raises `RegistryError` where the file is missing, damaged or of another form.
        """
        return _load(path or FILE)

    def __len__(self) -> int:
        return len(self._ids)

    def find(self, name: str) -> tuple[Numbers, Numbers]:
        """Numbers of the records that bear the name (folded here), and how each bears it (`OWN` … `ADJECTIVE`)."""
        place = self._key_of(name)
        if place < 0:
            return self._posts[:0], self._posts[:0]
        start = int(self._post_ends[place - 1]) if place else 0
        posts = self._posts[start : int(self._post_ends[place])]
        return posts >> 2, posts & 3

    def record(self, number: int) -> Record:
        """The record with this number."""
        start = int(self._name_ends[number - 1]) if number else 0
        identity, lat, lon = int(self._ids[number]), float(self.lat[number]), float(self.lon[number])
        country = int(self.country[number])
        pointless = lat != lat
        return Record(
            identity or None,
            self._names[start : int(self._name_ends[number])].decode(),
            None if country == 0 else self.countries[country - 1],
            int(self.kind[number]),
            None if pointless else round(lat, 3),
            None if pointless else round(lon, 3),
        )

    def countries_by_id(self) -> dict[int, str]:
        """Country code of every record that has an id and a country."""
        return {
            identity: self.countries[country - 1]
            for identity, country in zip(self._ids.tolist(), self.country.tolist(), strict=True)
            if identity and country
        }

    def _key_index(self, key: bytes) -> int:
        """Where the key stands among the sorted keys, or -1."""
        ends, keys, low, high = self._key_ends, self._keys, 0, len(self._key_ends)
        while low < high:
            middle = (low + high) // 2
            here = keys[int(ends[middle - 1]) if middle else 0 : int(ends[middle])]
            if here < key:
                low = middle + 1
            elif here > key:
                high = middle
            else:
                return middle
        return -1


@functools.lru_cache(maxsize=4)
def _load(path: Path) -> Gazetteer:
    try:
        with np.load(path, allow_pickle=False) as file:
            if int(file["form"][0]) != FORM:
                raise RegistryError(f"{path} is a gazetteer of another version: build it anew, see CONTRIBUTING")
            return Gazetteer({name: file[name] for name in file.files})
    except (OSError, ValueError, KeyError) as error:
        raise RegistryError(f"{path} is missing or damaged ({error}): install the package anew") from error
