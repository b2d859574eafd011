"""The ledger: what was asked, promised, threatened and offered, and what became of it.

    lexicon   verbs, nouns and concepts; sentences and wording say what the words around them make of them
    acts      one coded article → what its words do to demands and promises
    matter    what an act is about, as a short phrase and as words to compare
    parties   whether two names stand for the same side
    fitting   how well an act fits an entry, and as which move
    joining   acts in order of date → entries and their moves
    resuming  entries under way, put aside and taken up again
    state     the moves of an entry → how it stands

Enter: coded articles. Leave: :class:`~communique.records.LedgerEntry` and :class:`~communique.records.LedgerMove`, each
move with the article and the words that make it. The ledger keeps nothing, changes no record, and never takes silence
for an answer.
"""

from communique.ledger.act import Act
from communique.ledger.acts import Decided, acts_of
from communique.ledger.joining import Board, Ledger, join
from communique.ledger.state import OPEN, State, settle

__all__ = ["OPEN", "Act", "Board", "Decided", "Ledger", "State", "acts_of", "join", "settle"]
