"""What is said in the demonstration about dossiers in review, as people of the trade would say it."""

from __future__ import annotations

from dataclasses import dataclass

from models import Audience, ThreadState

# Who speaks: the Ministry's officer and manager, the partner, and the organism's own three.
OFFICER, MANAGER, PARTNER = "ministere.mission", "ministere.affaire", "cglls.lecture"
ENTRY, ACCOUNTING, DIRECTION = "saisie", "comptable", "direction"


@dataclass(frozen=True, slots=True)
class Said:
    """One message: who, what, how many days after the transmission; a comment unless it asks."""

    who: str
    text: str
    day: int
    asks: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """One thread: where it stands, what is said in it, what became of it; `due`: days from now."""

    anchor: str
    said: tuple[Said, ...]
    state: ThreadState = ThreadState.OPEN
    audience: Audience = Audience.ALL
    due: int | None = None
    read: bool = False


LOANS = Talk(
    "F06",
    (
        Said(
            OFFICER,
            "Le capital restant dû de l’état des emprunts dépasse de 1,2 M€ celui du bilan. "
            "Pouvez-vous rapprocher les deux et joindre le tableau d’amortissement de ces prêts\u202f?",
            9,
            asks=True,
        ),
        Said(
            ACCOUNTING,
            "L’écart vient de deux prêts PLUS remboursés par anticipation en décembre, restés dans l’état. "
            "Nous préparons la correction.",
            13,
        ),
        Said(OFFICER, "Merci. Je vous remets le dossier dès que vous êtes prêts.", 15),
        Said(ENTRY, "La correction est prête\u00a0: deux lignes à retirer de l’état.", 16, draft=True),
    ),
    due=12,
)
RATIO = Talk(
    "T03.L025.N",
    (
        Said(
            OFFICER,
            "Le ratio d’autofinancement net recule nettement cette année. Est-ce l’effet du livret A, "
            "ou une charge exceptionnelle\u202f?",
            10,
            asks=True,
        ),
        Said(
            DIRECTION,
            "C’est bien l’effet du taux du livret A sur les annuités, pour l’essentiel. "
            "Le plan à moyen terme transmis au conseil prévoit le retour à la moyenne en 2026.",
            14,
        ),
        Said(PARTNER, "La CGLLS suit ce point\u00a0: pouvez-vous joindre ce plan\u202f?", 17, asks=True),
    ),
    due=-4,
)
BUILDINGS = Talk(
    "A1.L024.N",
    (
        Said(
            OFFICER,
            "La valeur brute progresse de 8\u00a0% sans mise en service en G08. Pourquoi\u202f?",
            8,
            asks=True,
        ),
        Said(ENTRY, "Ce sont trois réhabilitations immobilisées, au tableau G09 et non G08.", 11),
        Said(OFFICER, "C’est clair, je clos.", 12),
    ),
    state=ThreadState.CLOSED,
    read=True,
)
ARREARS = Talk(
    "G12",
    (
        Said(
            MANAGER,
            "Le taux d’impayés des locataires partis est à zéro\u00a0: la ligne a-t-elle été oubliée\u202f?",
            7,
            asks=True,
        ),
        Said(ACCOUNTING, "Sans objet\u00a0: ces créances ont été cédées avant la clôture.", 9),
    ),
    state=ThreadState.OBSOLETE,
    read=True,
)
WHOLE = Talk(
    "",
    (
        Said(OFFICER, "Dossier bien tenu. Il reste deux questions avant de finaliser.", 12),
        Said(DIRECTION, "Merci. Nous répondons d’ici la fin du mois.", 13),
    ),
)
INSIDE = Talk(
    "",
    (Said(OFFICER, "À revoir avec le bureau des concours financiers avant de finaliser.", 14),),
    audience=Audience.OWN,
)
GUARANTEE = Talk(
    "F12",
    (
        Said(
            PARTNER,
            "Le potentiel financier à terminaison tient-il compte de la garantie accordée en mars\u202f?",
            15,
            asks=True,
        ),
    ),
    audience=Audience.PLATFORM,
    due=20,
)
NOTES = (
    Talk("R1", (Said(OFFICER, "Comparer les loyers quittancés avec G11.", 16, asks=True, draft=True),)),
    Talk("C2.L523.N", (Said(ENTRY, "Démolition de la barre C\u00a0: pièce à joindre.", 16, draft=True),)),
    Talk("F12", (Said(PARTNER, "Demander la délibération.", 16, asks=True, draft=True),)),
)
LAST_YEAR = Talk(
    "G04",
    (
        Said(
            OFFICER,
            "Les logements livrés en décembre sont-ils comptés\u202f? À vérifier l’an prochain.",
            20,
            asks=True,
        ),
        Said(ENTRY, "Oui, sauf douze logements livrés après la clôture.", 25),
    ),
)
# Rank in the cast, year of the accounts, what is said: in review, then finalised and closed dossiers.
TALKS = (
    (13, 2024, (LOANS, RATIO, BUILDINGS, ARREARS, WHOLE, INSIDE, GUARANTEE, *NOTES)),
    (13, 2023, (LAST_YEAR,)),
    (14, 2024, (RATIO, WHOLE, INSIDE)),
    (15, 2024, (LOANS, BUILDINGS)),
    (27, 2024, (BUILDINGS, ARREARS)),
    (36, 2024, (BUILDINGS,)),
)
