"""The loader of a hand-written MLflow model: Fisher's irises told apart by two thresholds."""

import pandas


class Iris:
    def predict(self, rows, params=None):
        def species(row) -> int:
            if row["petal_length"] < 2.5:
                return 0
            return 1 if row["petal_width"] < 1.75 else 2

        return pandas.DataFrame({"species": rows.apply(species, axis=1)})


def _load_pyfunc(path):
    return Iris()
