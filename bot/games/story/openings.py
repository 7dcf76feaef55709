"""First sentences of stories. The sentence itself is the key under which it is translated."""

from bot.commands import N_

OPENINGS: tuple[str, ...] = (
    N_("The letter had taken nineteen years to cross the street."),
    N_("Nobody in the village remembered who had planted the door in the middle of the field."),
    N_("On the last train of the evening, every passenger was carrying the same red umbrella."),
    N_("My grandmother left me a key, and a note that only said: “Not before Thursday.”"),
    N_("The lighthouse went out at noon, and that was how we knew that something was wrong."),
    N_("It was the third time this week that the baker had found footprints in the flour."),
    N_("The map was perfect, except for the island that should not have been there."),
    N_("When the power came back, there was one more person in the room."),
    N_("The cat had been mayor for two years before anybody asked a question."),
    N_("She had only wanted to return a library book."),
    N_("The last message from the ship was a recipe for soup."),
    N_("Every clock in town had stopped except the one that was painted on the wall."),
    N_("He opened the suitcase at the airport and found out that it was not his."),
    N_("The mountain had moved a little closer during the night."),
    N_("At the bottom of the well there was a telephone, and it was ringing."),
    N_("They told us that the old cinema was empty; then who was selling the tickets?"),
    N_("Two strangers were waiting for the same bus, both of them late for the same wedding."),
    N_("The parrot knew a secret, and it was getting better at pronouncing it."),
    N_("For her birthday, the inventor asked for one ordinary day."),
    N_("The rain began exactly when the weather forecast apologised."),
    N_("There were twelve chairs around the table and thirteen coats in the hall."),
    N_("The new neighbour moved in at midnight, with a piano and without any help."),
    N_("I found the photograph in a second-hand coat: it showed me, on a beach I have never seen."),
    N_("The robot had been told to water the plants, and nobody had told it when to stop."),
)
