"""Capitals' names in our languages where no time zone is named after them, so that the CLDR has
none. A language that is missing here uses the English name."""

EXONYMS: dict[str, dict[str, str]] = {
    "Abu Dhabi": {"fr": "Abou Dabi", "es": "Abu Dabi"},
    "Andorra la Vella": {
        "fr": "Andorre-la-Vieille",
        "es": "Andorra la Vieja",
        "pt": "Andorra-a-Velha",
    },
    "Ankara": {"pt": "Ancara"},
    "Beijing": {"fr": "Pékin", "es": "Pekín", "pt": "Pequim"},
    "Bern": {"fr": "Berne", "es": "Berna", "pt": "Berna"},
    "Brasília": {"fr": "Brasilia", "es": "Brasilia"},
    "Canberra": {"pt": "Camberra"},
    "Guatemala City": {
        "fr": "Guatemala",
        "es": "Ciudad de Guatemala",
        "pt": "Cidade da Guatemala",
    },
    "Hanoi": {"fr": "Hanoï", "es": "Hanói", "pt": "Hanói"},
    "Kuwait City": {"fr": "Koweït", "es": "Ciudad de Kuwait", "pt": "Cidade do Kuwait"},
    "Lilongwe": {"es": "Lilongüe"},
    "Male": {"en": "Malé", "fr": "Malé", "es": "Malé", "pt": "Malé"},
    "New Delhi": {"es": "Nueva Delhi", "pt": "Nova Délhi"},
    "Panama City": {"fr": "Panama", "es": "Ciudad de Panamá", "pt": "Cidade do Panamá"},
    "San José": {"pt": "São José"},
    "Sanaa": {"es": "Saná", "pt": "Saná"},
    "Ulan Bator": {"en": "Ulaanbaatar", "fr": "Oulan-Bator", "es": "Ulán Bator"},
    "Valletta": {"fr": "La Valette", "es": "La Valeta", "pt": "Valeta"},
    "Vatican City": {
        "fr": "Cité du Vatican",
        "es": "Ciudad del Vaticano",
        "pt": "Cidade do Vaticano",
    },
    "Yaoundé": {"es": "Yaundé", "pt": "Iaundê"},
}
