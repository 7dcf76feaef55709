"""The words of time in English, French, Spanish and Portuguese: small letters, no accents.

All four are understood at once, since people in one group don't always write its language. Words
with two readings ("segunda": Monday, second) are told apart by their neighbours, in phrases.py.
"""

from collections.abc import Iterator
from typing import Literal

Kind = Literal[
    "day",  # 0 Monday to 6 Sunday
    "days",  # several at once
    "every",
    "unit",  # "d", "w", "m", "y"
    "stride",  # every other
    "ordinal",  # 1 to 31, -1 the last
    "number",
    "month",  # 1 to 12
    "time",  # minutes since midnight
    "date",  # an ordinal day number
    "half",  # of the day: "am", "pm", "night"
    "plus",  # minutes past the hour
    "ahead",  # days from today
    "at",
    "to",
    "at_or_to",
    "and",
    "from",
    "in",
    "fill",
]
Value = int | str | tuple[int, ...]

_WEEKDAYS = (
    "monday mondays mon lundi lundis lun lunes segunda segundas seg segunda-feira segundas-feiras",
    "tuesday tuesdays tue tues mardi mardis mar martes terca tercas ter terca-feira tercas-feiras",
    "wednesday wednesdays wed mercredi mercredis mer miercoles mie quarta quartas qua quarta-feira "
    "quartas-feiras",
    "thursday thursdays thu thur thurs jeudi jeudis jeu jueves jue quinta quintas qui quinta-feira "
    "quintas-feiras",
    "friday fridays fri vendredi vendredis ven viernes vie sexta sextas sex sexta-feira "
    "sextas-feiras",
    "saturday saturdays sat samedi samedis sam sabado sabados sab",
    "sunday sundays sun dimanche dimanches dim domingo domingos dom",
)
_MONTHS = (
    "january jan janvier janv enero ene janeiro",
    "february feb fevrier fevr febrero fevereiro fev",
    "march mars marzo marco",
    "april apr avril avr abril abr",
    "may mai mayo maio",
    "june jun juin junio junho",
    "july jul juillet juil julio julho",
    "august aug aout agosto ago",
    "september sep sept septembre septiembre setembro",
    "october oct octobre octubre outubro",
    "november nov novembre noviembre novembro",
    "december dec decembre diciembre dic dezembro dez",
)
_ORDINALS = {
    1: "first premier premiers premiere primer primero primeros primera primeiro primeiros "
    "primeira",
    2: "second seconds deuxieme deuxiemes segundo segundos",
    3: "third troisieme troisiemes tercer tercero terceros tercera terceiro terceira",
    4: "fourth quatrieme cuarto quarto",
    5: "fifth cinquieme quinto",
    -1: "last dernier derniers derniere ultimo ultimos ultima",
}
_NUMBERS = {
    2: "two deux dos dois duas",
    3: "three trois tres",
    4: "four quatre cuatro quatro",
    5: "five cinq cinco",
    6: "six seis",
}
# Entries of several words are separated by commas.
_PHRASES: tuple[tuple[Kind, Value, str], ...] = (
    (
        "days",
        (0, 1, 2, 3, 4),
        "weekday,weekdays,week days,workday,workdays,working day,working days,jour de semaine,"
        "jours de semaine,jours de la semaine,en semaine,jour ouvre,jours ouvres,jour ouvrable,"
        "jours ouvrables,dia laborable,dias laborables,dia laboral,dias laborales,entre semana,"
        "dia util,dias uteis,dia de semana,dias de semana",
    ),
    (
        "days",
        (5, 6),
        "weekend,weekends,week-end,week-ends,fin de semana,fines de semana,fim de semana,"
        "fins de semana",
    ),
    ("every", 0, "every,each,all,tous,toutes,tout,toute,chaque,todos,todas,todo,toda,cada"),
    (
        "unit",
        "d",
        "day,days,daily,everyday,jour,jours,quotidien,quotidiennement,dia,dias,diario,a diario,"
        "diariamente",
    ),
    ("unit", "w", "week,weeks,weekly,semaine,semaines,semana,semanas,semanal,semanalmente"),
    ("unit", "m", "month,months,monthly,mois,mensuel,mes,meses,mensual,mensal,mensalmente"),
    ("unit", "y", "year,yearly,annually,an,ans,annee,ano"),
    (
        "stride",
        2,
        "every other,other,alternate,fortnightly,fortnight,biweekly,sur deux,sur 2,quinzaine,"
        "quincenal,quincenalmente,quinzenal,quinzenalmente",
    ),
    ("time", 720, "noon,midday,midi,mediodia,meio-dia,meio dia"),
    ("time", 0, "midnight,minuit,medianoche,meia-noite,meia noite"),
    (
        "half",
        "am",
        "in the morning,du matin,de la manana,por la manana,da manha,de manha,da madrugada,"
        "de la madrugada,matin,morning",
    ),
    (
        "half",
        "pm",
        "in the afternoon,in the evening,de l'apres-midi,l'apres-midi,du soir,de la tarde,"
        "por la tarde,da tarde,afternoon,evening,soir,le soir,tarde",
    ),
    (
        "half",
        "night",
        "at night,de la nuit,de la noche,por la noche,da noite,a noite,tonight,"
        "ce soir,esta noche,esta noite,noche,noite",
    ),
    ("plus", 30, "et demie,et demi,y media,e meia"),
    ("plus", 15, "et quart,y cuarto,e quinze,e um quarto"),
    ("ahead", 0, "today,aujourd'hui,hoy,hoje,hoje a noite"),
    ("ahead", 1, "tomorrow,demain,manana,amanha"),
    (
        "ahead",
        2,
        "day after tomorrow,the day after tomorrow,apres-demain,pasado manana,depois de amanha",
    ),
    ("at", 0, "at,@,a las,a la,vers"),
    ("at_or_to", 0, "a,as,ao"),
    ("to", 0, "to,through,thru,till,until,au,jusqu'a,jusqu'au,al,hasta,ate,-,–,—"),
    ("and", 0, "and,et,y,e,&,+,/,\\,,;"),
    (
        "from",
        0,
        "from,starting,starting on,starting from,as of,since,a partir du,a partir de,"
        "a partir del,a compter du,desde,desde el,empezando el,comecando em",
    ),
    ("in", 0, "in,dans,dentro de,daqui a"),
    (
        "fill",
        0,
        "the,of,on,le,les,la,l',de,du,des,d',un,une,el,los,las,del,en,o,os,da,das,do,dos dias,na,"
        "nas,no,nos,em,um,uma,que,next,prochain,prochaine,proximo,proxima,this,ce,cette,este,esta,"
        "t,.,:,o'clock,hours,hour,feira,the day,el dia,le jour",
    ),
)


def entries() -> Iterator[tuple[str, Kind, Value]]:
    """Every word or phrase with what it means."""
    for day, words in enumerate(_WEEKDAYS):
        yield from ((word, "day", day) for word in words.split())
    for month, words in enumerate(_MONTHS, start=1):
        yield from ((word, "month", month) for word in words.split())
    for number, words in _ORDINALS.items():
        yield from ((word, "ordinal", number) for word in words.split())
    for number, words in _NUMBERS.items():
        yield from ((word, "number", number) for word in words.split())
    for kind, value, phrases in _PHRASES:
        for phrase in phrases.replace("\\,", "\0").split(","):
            yield phrase.replace("\0", ","), kind, value
