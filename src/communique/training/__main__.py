"""`python -m communique.training STEP …`: rebuilds the shipped weights from the corpora, step by step."""

import argparse
from pathlib import Path


def main() -> None:
    """Reads the arguments and runs one step."""
    parser = argparse.ArgumentParser(prog="communique.training", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    learn = steps.add_parser("train", help="corpora → reader.pt")
    learn.add_argument("--data", type=Path, required=True, help="folder with the treebanks and entity sets")
    learn.add_argument("--out", type=Path, required=True)
    learn.add_argument("--passes", type=int, default=12)
    learn.add_argument("--pieces", type=int, default=2500, help="pieces per step")
    learn.add_argument("--rate", type=float, default=2e-4, help="highest learning rate of the encoder")
    learn.add_argument("--start", type=Path, help="folder of an earlier run to go on from")
    ship = steps.add_parser("export", help="reader.pt → int8 ONNX in the package")
    ship.add_argument("--data", type=Path, required=True, help="folder with the treebanks, for calibration")
    ship.add_argument("--model", type=Path, required=True, help="folder that `train` wrote")
    ship.add_argument("--out", type=Path, required=True)
    acts = steps.add_parser("acts", help="the project's corpus → acts.pt, heads of acts upon a shipped reader")
    acts.add_argument("--passes", type=int, default=6)
    acts.add_argument("--pieces", type=int, default=1500, help="pieces per step")
    acts.add_argument("--rate", type=float, default=2e-4, help="highest learning rate of the layers")
    acts.add_argument("--model", type=Path, required=True, help="folder that `train` wrote")
    grafting = steps.add_parser("graft", help="acts.pt → int8, joined to the shipped reader")
    grafting.add_argument("--acts", type=Path, required=True, help="folder that `acts` wrote")
    for step in (acts, grafting):
        step.add_argument("--corpus", type=Path, required=True, help="the project's own corpus")
        step.add_argument("--reader", type=Path, required=True, help="folder of the shipped reader")
        step.add_argument("--out", type=Path, required=True)
    roles = steps.add_parser("roles", help="the project's corpus → weights of the scorer of roles")
    roles.add_argument("--corpus", type=Path, required=True, help="the project's own corpus")
    roles.add_argument("--reader", type=Path, required=True, help="folder of the shipped reader")
    roles.add_argument("--out", type=Path, required=True, help="the weights, roles.json")
    lemmas = steps.add_parser("lemmas", help="treebanks → table of irregular lemmas")
    lemmas.add_argument("--data", type=Path, required=True, help="folder with the treebanks")
    lemmas.add_argument("--out", type=Path, required=True, help="the table, lemmas.tsv")
    arguments = parser.parse_args()
    if arguments.step == "train":
        from communique.training.train import train

        train(
            arguments.data,
            arguments.out,
            passes=arguments.passes,
            pieces=arguments.pieces,
            rate=arguments.rate,
            start=arguments.start,
        )
    elif arguments.step == "acts":
        from communique.training.acts_train import train_acts

        train_acts(
            arguments.corpus,
            arguments.reader,
            arguments.model,
            arguments.out,
            passes=arguments.passes,
            pieces=arguments.pieces,
            rate=arguments.rate,
        )
    elif arguments.step == "graft":
        from communique.training.graft import graft

        graft(arguments.reader, arguments.acts, arguments.corpus, arguments.out)
    elif arguments.step == "roles":
        from communique.training.roles import fit_roles

        fit_roles(arguments.corpus, arguments.reader, arguments.out)
    elif arguments.step == "lemmas":
        from communique.training.lemmas import lemma_table

        lemma_table(arguments.data, arguments.out)
    else:
        from communique.training.export import export

        export(arguments.data, arguments.model, arguments.out)


if __name__ == "__main__":
    main()
