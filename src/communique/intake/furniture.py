"""Which lines of a page are furniture and not the article: each with a stable reason code.

A line is furniture only as a whole: every pattern spans the line from its first to its last word, begins with the words
such lines begin with, and knows how long such a line can be. A line that opens with a quotation mark, or that is longer
than a furniture line can be, is never touched. Reasons:

    advertisement agency-note agency-slug byline caption comment-count contact-line cookie-notice copyright
    credit-line date-line dateline end-mark navigation newsletter-box outlet-line photo-credit print-line read-more
    reading-time related-links section-label share-line social-line tags-line title-line url-line
"""

import re

from communique.intake import dates

LONGEST = 420
_EDGES = " \t•·*-–—|>»›«<▸►▶→←↑↓#+_=~[]"
_NAME = r"[A-Z][\w.'’&-]*"
NAMES = rf"{_NAME}(?: (?:{_NAME}|of|the|and|al|de|van|von|bin|ul|ur)){{0,6}}"
AGENCY = (
    r"(?:AP|AFP|PTI|ANI|IANS|UNI|UPI|APP|PPI|INP|NNI|DPA|EFE|ANSA|BNO|SANA|IRNA|ISNA|KUNA|SPA|WAM|MENA|QNA|TASS|ITAR-TASS"
    r"|RIA Novosti|Interfax|Xinhua|Kyodo|Yonhap|Bernama|Antara|Reuters|REUTERS|Thomson Reuters|Associated Press"
    r"|The Associated Press|Agence France-Presse|Press Trust of India|Press Association|PA|Bloomberg|Agencies|Agency"
    r"|Online|Anadolu Agency|Anadolu|AA|CNN|BBC|NNA|Pajhwok|Khaama Press|CBC|ABC|TNN|HT Correspondent|Staff Report)"
)
_SHARE_HEADS = frozenset(
    "share shares tweet retweet facebook twitter whatsapp linkedin reddit telegram pinterest messenger email e-mail mail"
    " print pinit digg delicious stumbleupon buzz instagram flipboard bluesky threads mastodon bookmark save pocket"
    " tumblr xing vk viber".split()
)
_SHARE_WORDS = _SHARE_HEADS | frozenset(
    "this the that article story page post news link copy on via to by with a an friend friends your and or more like now"
    " it x google plus google+ pin us in window new opens open click here send comment comments copied url icon button"
    " options tools social media sharing all 0 app for later version".split()
)


def _whole(pattern: str, *, ignore_case: bool = True) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})", re.IGNORECASE if ignore_case else 0)


# (reason, most words, pattern that must match the whole line)
_PATTERNS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("newsletter-box", 36, _whole(
        r"(?:get|receive|subscribe|sign[ -]?up|register|enter|join|want|never miss|stay (?:informed|up to date|updated)|don[’']?t miss)\b"
        r".{0,160}\b(?:in (?:your|my) (?:e-?mail )?in-?box|newsletters?|e-?mail (?:alerts?|updates|address|bulletin|edition)"
        r"|news alerts?|daily (?:digest|briefing)|to your in-?box|mailing list)\b.{0,120}"
    )),
    ("newsletter-box", 12, _whole(
        r"(?:(?:free |our |daily |weekly |morning )*newsletters?(?: sign[ -]?up)?|(?:sign up|subscribe)(?: (?:now|here|today|for free))?"
        r"|subscribe to (?:our|us|my)\b.{0,60}|your e-?mail(?: address)?|e-?mail address)[:!*]?"
    )),
    ("read-more", 40, _whole(
        r"(?:also )?(?:read|see|watch|listen|view|explore)\s*(?:also|more|next|now|further|this)?\s*[:|►▶»]\s*\S.*|(?:must|also) (?:read|see|watch)\b\s*[-–—:|]?.{0,200}[^.]"
        r"|(?:must|also) (?:read|see|watch)|(?:read|see|watch) (?:also|next)\b\s*[-–—:|].*"
    )),
    ("read-more", 14, _whole(
        r"(?:read|see|learn|find out|show|load|view|discover|know) (?:more|less|all|full (?:story|article|coverage)|the (?:full|whole|rest|original)\b.{0,60})"
        r"(?: (?:on|about|from|at|here|stories|of)\b.{0,80})?[ .…»>→:]*"
        r"|(?:click|tap) here (?:to|for)\b.{1,90}|continue reading\b.{0,60}|more (?:on this (?:story|topic)|details here|here)[.…:]*"
        r"|full (?:story|coverage|article)[.…:]*|keep reading[.…:]*|\[?read more\]?.{0,3}"
    )),
    ("related-links", 30, _whole(r"(?:related|recommended)(?: (?:stories|story|articles?|news|links?|topics?|reading))?\s*[:|]\s*\S.*[^.]")),
    ("photo-credit", 24, _whole(
        r"[(\[]?(?:(?:file )?(?:photo(?:graph|s)?|image|picture|pic|illustration|graphic|video|cover photo|main image|representational image)s?"
        r"(?: (?:credits?|source|courtesy(?: of)?|by|from))?)(?:\s*[:|/©]|\s+(?:by|courtesy|credit)\b:?)\s*[^.]{1,140}[.)\]]*"
        r"|[(\[]?(?:image|photo) (?:credit|source|caption|copyright|courtesy)s?.{0,140}|credits?: .{1,100}"
        r"|\(?file (?:photo|picture|image)\)?\.?|click (?:on )?(?:the )?(?:image|photo|picture) (?:to|for) .{1,40}|enlarge(?: (?:this )?image)?|view (?:image|gallery|photos?)(?: in fullscreen)?"
    )),
    ("photo-credit", 12, _whole(
        r"[(\[]?(?:AP|AFP|EPA|Reuters|REUTERS|PTI|Getty|PA) (?:Photo|Images?|File Photo|Wire)\b[^.]{0,80}[)\]]?"
        r"|[(\[]?Getty Images[)\]]?|REUTERS/[^.]{2,50}|AFP/[^.]{2,50}"
        r"|(?:[A-Z][\w.'’-]*[ /]){1,5}(?:AFP|AP|Reuters|REUTERS|EPA|Getty(?: Images)?|PA|Shutterstock|iStock|Alamy|Corbis|Bloomberg|Anadolu)"
        r"(?:[ /-](?:Getty(?: Images)?|AFP|Files?|PA|Images|Agency))*",
        ignore_case=False,
    )),
    ("caption", 14, _whole(r"(?:file|representative|representational) (?:photo(?:graph)?|picture|image)(?: of|[:.-]).{0,120}")),
    ("copyright", 60, _whole(
        r"(?:copyright\s*)?(?:©|\(c\)\s*(?=copyright|\d{4}|[A-Z])|&copy;|copyright\s*(?=\(c\)|\d{4}|by\b|:|notice))\s*.{0,320}"
        r"|.{0,160}\ball rights reserved\b.{0,160}|this (?:material|content|article|story) (?:may|must|is|can)\s?not be (?:published|reproduced|copied|redistributed).{0,200}"
        r"|published under .{0,80}\blicen[cs]e\b.{0,40}|(?:for )?(?:reprints?|permissions?|syndication)(?: (?:and|&) (?:reprints?|permissions?|licensing))?(?:\s*[:|].{0,80})?"
    )),
    ("cookie-notice", 70, _whole(
        r"(?:we|this (?:web)?site|our (?:web)?site|[\w.]+\.(?:com|org|net|co\.\w\w)) (?:and our partners )?uses? (?:\w+ )?cookies.{0,300}"
        r"|by (?:continuing|using|browsing|clicking|closing)\b.{0,120}\b(?:you (?:agree|consent|accept)|cookies)\b.{0,200}"
        r"|(?:accept|reject|manage|allow|decline)(?: all)?(?: (?:my|optional|necessary))? (?:cookies?|preferences|consent).{0,20}|cookies? (?:policy|settings|preferences|notice)"
    )),
    ("cookie-notice", 8, _whole(r"(?:privacy (?:policy|notice|settings)|terms (?:of (?:use|service)|(?:and|&) conditions)|i (?:accept|agree)|got it)(?:\s*[|·•,]?\s*(?:privacy policy|cookie policy|terms of (?:use|service)|contact us|about us|disclaimer|sitemap))*")),
    ("comment-count", 14, _whole(
        r"\(?\d[\d,.]*k?\)?\s*comments?|comments?\s*(?:\(\d[\d,.]*\)|:?\s*\d[\d,.]*|:)?|no comments(?: yet)?[.:]?|(?:leave|post|add|write|make|submit) (?:a|your|us a) (?:comment|reply)s?.{0,50}"
        r"|(?:view|show|see|read|hide|load)(?: all| the)?(?: more)?(?: \d+)? comments?.{0,20}|be the first to comment.{0,40}|comments (?:are|have been) (?:closed|turned off|disabled).{0,30}"
        r"|(?:join|start) the (?:conversation|discussion|debate).{0,30}|have your say[.!:]?|log ?in to (?:comment|post).{0,40}|\d[\d,.]*k? (?:views?|likes?|reads?|shares?|replies|votes?)"
        r"|what (?:do you think|are your thoughts)\? .{0,80}"
    )),
    ("end-mark", 4, _whole(r"ends?\.?|-?\s*30\s*-?|more|\(more\)|\(ends?\)|[/(]?end of (?:story|text|article)[/)]?|(?:please )?turn over", ignore_case=True)),
    ("tags-line", 40, _whole(r"(?:tags?|topics?|keywords?|filed (?:under|in)|categor(?:y|ies)|labels?|posted in|explore more(?: topics)?|more topics|hashtags?|sections?)\s*[:|]\s*.{0,300}[^.]|(?:#\w+[\s,]*){1,20}")),
    ("advertisement", 10, _whole(
        r"advertise?ments?|advertising|ads?|sponsored(?: (?:content|links?|by .{1,40}))?|promoted(?: (?:content|stories))?|(?:scroll|swipe)(?: (?:down|left|up))? (?:to|for) (?:continue|read|more).{0,30}"
        r"|(?:story|article|content|text) continues (?:below|after).{0,40}|skip (?:ad|advertisement|past newsletter promotion)|after newsletter promotion|loading\W*|remove ads|report this ad|promo"
    )),
    ("navigation", 8, _whole(
        r"(?:skip|jump|back|return|go) to (?:the )?(?:main |primary )?(?:content|navigation|top|home(?:page)?|search|menu|article|news)|(?:main )?menu|search|(?:log|sign) ?(?:in|out)(?:\s*/\s*(?:register|sign ?up|join))?|register|my account"
        r"|(?:next|previous|prev)(?: (?:page|article|story|post))?|page \d+(?: of \d+)?|(?:\d{1,3} ){2,}(?:\d{1,3}|\.\.\.|next)(?: next)?|home ?page|close|toggle navigation|rss(?: feed)?|e-?paper|site ?map|contact us|about us|advertise with us"
        r"|view(?: as)? (?:single|one) page|international edition|print edition|mobile version|show caption|hide caption|table of contents"
    )),
    ("social-line", 26, _whole(
        r"(?:follow\b[^,]{1,100}|(?:like|find|join|connect with|add) (?:us|our)\b.{0,60})\b(?:on|via) (?:our |its |the )?(?:twitter|facebook|instagram|whatsapp|youtube|telegram|linkedin|google(?: news|\+)?|threads|bluesky|x|social media|tiktok|flipboard)\b.{0,80}"
        r"|follow (?:us|me|@?\w+)[.:!]?|(?:download|get|install)\b.{1,60}\bapp\b.{0,80}|(?:find|like|follow) us(?: on)?\b.{0,60}|@\w{2,20}"
    )),
    ("contact-line", 32, _whole(
        r"(?:contact|write to|e-?mail|reach|send (?:your )?(?:feedback|letters|tips|comments|news))\b.{0,140}\S+@\S+\.\w+.{0,60}|(?:contact|write to|e-?mail) us\b.{0,60}|(?:the )?(?:author|writer|reporter)s? (?:can be (?:reached|contacted)|may be (?:reached|contacted)).{0,100}|\S+@\S+\.[a-z]{2,6}"
    )),
    ("credit-line", 60, _whole(
        r"[(\[]?(?:additional )?(?:reporting|writing|editing) by\b.{1,300}|[(\[]?(?:edited|compiled|translated|posted|produced) by [^.]{2,60}[)\].]*|[(\[]?(?:with|including) (?:additional )?(?:inputs?|reporting|agency inputs?|files|reports)(?: (?:from|by)\b.{1,120})?[)\].]*"
        r"|.{3,200}\bcontributed (?:to|reporting (?:to|for|from)) (?:this|the) (?:report|story|article)[.)]*|.{3,160}\bcontributed reporting(?: from .{2,40})?[.)]*"
    )),
    ("agency-note", 50, _whole(
        r"[(\[]?(?:except for the headline, )?this (?:story|article|copy|item|news item) (?:has (?:not )?been|was|is|first|originally)\b.{0,60}\b(?:edited|published|generated|syndicat\w+|sourced|produced|posted|translated|appeared|provided)\b.{0,220}"
        r"|[(\[]?this report (?:has not been edited|(?:was|is) (?:auto-?generated|syndicated|first published)).{0,220}"
        r"|[(\[]?(?:editor[’']?s note|disclaimer|correction note)\s*:.{3,300}"
    )),
    ("print-line", 8, _whole(r"(?:print|e-?mail|save|download)(?: (?:this|the))? (?:story|article|page|pdf)|(?:text|font) size.{0,20}|(?:a[+\-]? ?){2,4}|printer[- ]friendly(?: (?:version|page))?|larger \| smaller|increase text size.{0,30}|decrease text size.{0,30}|resize text.{0,20}")),
    ("reading-time", 9, _whole(r"(?:(?:estimated )?(?:reading|read) time\s*:?\s*)?(?:about )?\d+(?:-| )?(?:minutes?|mins?|m)\s*(?:to )?(?:read|reading)?|(?:reading|read) time\b.{0,30}|listen(?: to (?:this )?(?:article|story))?(?: ?\(?\d.{0,12})?|\d+ min(?:ute)?s?(?: read)? ago|\d+ (?:hours?|days?|weeks?|months?) ago")),
    ("url-line", 3, _whole(r"(?:source:?\s*|url:?\s*|link:?\s*)?(?:https?://|www\.)\S+")),
)  # fmt: skip
_AGENCY_SLUG = re.compile(
    rf"(?:[-–—(\[]*\s*|source\s*:\s*|by )?{AGENCY}(?:\s*[/,&+|-]\s*{AGENCY})*\s*[)\].]*"
    r"|[A-Z]{2,}(?:-[A-Z0-9&/]{2,}){2,}(?:\s*\([A-Z0-9 ,]+\))?|[A-Z]{2,5}\d{3,5}:?(?: [A-Z]{2,})?"
    r"|(?:AM|PM|BC|EDS|ATTN|ATT)[-: ][A-Z][\w-]*(?:-\w+)+.{0,40}"
)
_OFFICE = (
    r"(?i:(?:[a-z]+ ){0,4}(?:writers?|correspondents?|editors?|reporters?|bureau|staff|desk|analyst|columnist|in [a-z]+"
    r"(?: [a-z]+)?))"
)
_BYLINE = re.compile(
    rf"(?:(?i:by|written by|reported by|report by|story by|words by|author)\s*:?\s+)(?P<who>{NAMES}(?:\s*(?:,|and|&)\s*(?:{NAMES}|{_OFFICE}))*)"
    r"(?:\s*[|/(–—-]\s*.{0,60})?"
)
_CORRESPONDENT = re.compile(
    r"(?i:(?:by |from )?(?:our|a|the)? ?(?:staff|special|senior|diplomatic|political|defence|defense|foreign|chief)? ?"
    r"(?:correspondent|reporter|writer|bureau|newsdesk|news desk|web desk|monitoring desk|monitoring report|staff report)s?"
    r"(?:\s*(?:,|in|at)\s+[A-Za-z ]{3,30})?)"
)
_NAME_IN_PLACE = re.compile(
    r"(?P<who>(?:[A-Z][\w.'’-]*\s){1,3}[A-Z][\w'’-]+(?:(?:,| and) (?:[A-Z][\w.'’-]*\s){1,3}[A-Z][\w'’-]+)*)"
    r"(?:,? in (?:[A-Z][\w'’-]+ ?){1,3}|, [A-Z][\w ]{3,40}(?:Writer|Correspondent|Editor|Reporter|Bureau))"
)
_CAPTION_END = re.compile(
    r"[(\[]?(?:(?:AP|AFP|File|EPA|PTI) Photo\b[^.]{0,60}|(?:Photo(?:graph)?|Image|Picture)(?: (?:credit|by|courtesy))?\s*:?\s*(?:by )?[A-Z][^.]{2,60}"
    r"(?:/\s?(?:AFP|AP|Reuters|REUTERS|EPA|Getty Images|PA|Rex|Corbis|Alamy)[^.]{0,30})|\[?(?:REUTERS|Reuters|AFP|AP|EPA)/[A-Z][^.]{2,40}|[A-Z][\w. -]{2,40}/(?:AFP|AP|Reuters|EPA|Getty)[^.]{0,30}"
    r"|Getty Images|\[?Photo: [^.\]]{2,50}|File photo)[)\].]*$"
)
_LIST_HEADING = re.compile(
    r"(?:(?:more|other|top|latest|related|recommended|popular|featured|recent|similar|trending|further|suggested)[ -]"
    r"(?:stories|story|news|articles?|posts?|links|topics|videos?|headlines|coverage|content|reading|reads?|now|searches|from\b.{1,50}|in\b.{1,30}|like this|on this (?:story|topic))(?: (?:from|in|on|for) .{1,40})?"
    r"|related|recommended(?: for you)?|most (?:read|popular|viewed|shared|e-?mailed|commented|recent)(?: (?:stories|articles|news|in .{1,30}))?"
    r"|(?:you|readers) (?:may|might) (?:also )?(?:like|be interested in|have missed)(?: this)?|(?:what to )?read next|up next|also (?:in|on) (?:the )?(?:news|this section|.{2,25})|trending(?: now| topics| stories)?"
    r"|in other (?:news|developments)|editor[’']?s?[’']? (?:picks?|choice)|don[’']?t miss|(?:from|around) the web|elsewhere on .{2,30}|promoted stories|in this (?:section|story|article)|see also|also read|read also)\s*[:.…»]*",
    re.IGNORECASE,
)
_SEGMENTS = re.compile(r"\s*(?:\||•|·|\u2022|►|\s[-–—]\s)\s*")
_CRUMBS = re.compile(
    r"[\w&’' -]{2,24}(?:\s*[|›»>•·]\s*[\w&’' -]{2,24}){2,12}|(?:home|news|world|asia|politics|front page)(?:\s*[›»>/|]\s*[\w&’' -]{2,24})+",
    re.IGNORECASE,
)
_QUOTE = ('"', "“", "‘", "'", "«", "„")


def reason(line: str) -> str | None:
    """The code of the kind of furniture that `line` is as a whole ("Share:" → "share-line"), or None for text.

    `line` is one line or one joined paragraph without newline. Bylines, slugs and date lines count wherever they stand
    alone; what only the head of a page tells apart (title, section label) is not decided here.
    """
    if not line or len(line) > LONGEST or line.startswith(_QUOTE):
        return None
    bare = line.strip(_EDGES)
    if not bare:
        return "end-mark"
    words = bare.count(" ") + 1
    if _is_share(bare):
        return "share-line"
    if dates.is_date_line(bare):
        return "date-line"
    if words <= 24 and byline(bare) is not None:
        return "byline"
    if words <= 8 and _AGENCY_SLUG.fullmatch(bare):
        return "agency-slug"
    for code, most, pattern in _PATTERNS:
        if words <= most and pattern.fullmatch(bare):
            return code
    if words <= 60 and _CAPTION_END.search(bare):
        return "caption"
    if words <= 30 and _CRUMBS.fullmatch(bare):
        return "navigation"
    return _of_segments(bare)


def byline(line: str) -> str | None:
    """The author that a lone byline names ("By Ann Lee and Raj Rao, Staff Writers" → "Ann Lee and Raj Rao"), or None.

    Gives "" for a byline without a name ("From our correspondent").
    """
    if line.endswith((".", "?", "!", ":")) and not line.endswith(("Jr.", "Sr.")):
        return None
    if _CORRESPONDENT.fullmatch(line):
        return ""
    match = _BYLINE.fullmatch(line)
    if match is None:
        return None
    return _without_title(match["who"])


def name_in_place(line: str) -> str | None:
    """The author in "Ann Lee in Islamabad" or "Raj Rao, Diplomatic Correspondent", as such lines stand under a title."""
    match = _NAME_IN_PLACE.fullmatch(line)
    return None if match is None else match["who"]


def heads_links(line: str) -> bool:
    """Whether `line` is the heading of a list of links to other pages ("Related stories", "Most read")."""
    return len(line) <= 70 and bool(_LIST_HEADING.fullmatch(line.strip(_EDGES)))


def segments(line: str) -> tuple[str, ...]:
    """The parts of a line that bars, dots or spaced dashes divide ("PTI | Oct 21, 2010")."""
    return tuple(part for part in _SEGMENTS.split(line.strip(_EDGES)) if part)


def _of_segments(bare: str) -> str | None:
    parts = segments(bare)
    if not 2 <= len(parts) <= 8:
        return None
    found = [reason(part) for part in parts]
    known = [code for code in found if code]
    return known[0] if len(known) == len(parts) else None


def _is_share(bare: str) -> bool:
    if len(bare) > 120:
        return False
    words = re.findall(r"[\w'’+-]+", bare.lower())
    counted = [word for word in words if not re.fullmatch(r"\d[\d.,]*k?", word)]
    return (
        0 < len(words) <= 16
        and not bare.endswith(".")
        and any(word in _SHARE_HEADS for word in counted)
        and all(word in _SHARE_WORDS for word in counted)
    )


def _without_title(who: str) -> str:
    """Names alone: what follows a comma is an office unless it is itself capitalised names without office words."""
    parts = re.split(r"\s*,\s*", who)
    kept = [
        part for part in parts
        if part and not re.search(r"(?i)\b(?:writer|correspondent|editor|reporter|bureau|press|staff|news|desk|analyst|in)\b", part)
    ]  # fmt: skip
    return ", ".join(kept or parts[:1])
