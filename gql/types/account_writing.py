"""What is sent in about people: what is known of them, and their boxes."""

from __future__ import annotations

import strawberry

from resolvers.boxes_lines import BoxWrite as Box
from resolvers.boxes_lines import FormRightsEntry
from resolvers.people_rows import AccountEntry


@strawberry.input(description="Ce que l’on sait d’un utilisateur, hors login et mot de passe.")
class AccountInput:
    """A person."""

    first_name: str = strawberry.field(description="Prénom, obligatoire.")
    last_name: str = strawberry.field(description="Nom, obligatoire.")
    email: str = strawberry.field(description="Adresse électronique, obligatoire.")
    phone: str = strawberry.field(description="Téléphone, obligatoire.")
    civility: str = strawberry.field(
        default="", description="Civilité\u00a0: «\u202fM.\u202f», «\u202fMme\u202f» ou rien."
    )
    mobile: str = strawberry.field(default="", description="Téléphone mobile.")
    title: str = strawberry.field(default="", description="Titre.")
    service: str = strawberry.field(default="", description="Service.")
    home_form: str | None = strawberry.field(
        default=None, description="Formulaire présélectionné à la connexion."
    )
    home_year: int | None = strawberry.field(
        default=None, description="Année présélectionnée à la connexion."
    )
    delegated_administrator: bool = strawberry.field(
        default=False, description="Vrai s’il gère les utilisateurs de son organisation."
    )
    default_profile: str | None = strawberry.field(default=None, description="Nom du profil par défaut.")

    def entry(self) -> AccountEntry:
        """The same, as the resolver takes it."""
        return AccountEntry(
            first_name=self.first_name,
            last_name=self.last_name,
            email=self.email,
            phone=self.phone,
            civility=self.civility,
            mobile=self.mobile,
            title=self.title,
            service=self.service,
            home_form=self.home_form or "",
            home_year=self.home_year,
            delegated_administrator=self.delegated_administrator,
            default_profile=self.default_profile or "",
        )


@strawberry.input(description="Case telle qu’on la veut.")
class BoxWrite:
    """One box."""

    right: str = strawberry.field(description="Nom du droit.")
    step: int = strawberry.field(description="Étape, de 0 à 6.")
    granted: bool = strawberry.field(description="Vrai pour accorder.")


@strawberry.input(description="Droits voulus sur un formulaire\u00a0: ils remplacent ceux qui y étaient.")
class FormRightsInput:
    """An account at one place."""

    platform: str = strawberry.field(description="Code de la plateforme.")
    form: str = strawberry.field(description="Type de formulaire.")
    contact: bool = strawberry.field(description="Vrai pour un contact privilégié.")
    boxes: list[BoxWrite] = strawberry.field(description="Toutes les cases qui diffèrent du profil.")
    profile: str | None = strawberry.field(default=None, description="Nom du profil\u202f; nul pour aucun.")

    def entry(self) -> FormRightsEntry:
        """The same, as the resolver takes it."""
        boxes = tuple(Box(box.right, box.step, box.granted) for box in self.boxes)
        return FormRightsEntry(self.platform, self.form, self.profile, self.contact, boxes)
