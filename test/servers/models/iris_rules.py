"""The model of several servers here: Fisher's irises told apart by two thresholds. No weights, and always the same answer."""


def species(row) -> int:
    _, _, petal_length, petal_width = (float(value) for value in row)
    if petal_length < 2.5:
        return 0
    return 1 if petal_width < 1.75 else 2
