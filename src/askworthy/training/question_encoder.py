"""The encoder and questions in; `models/question-encoder/`, half of its layers, and its labeller, out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from askworthy.errors import BadCorpus
from askworthy.evidence.index import Watch
from askworthy.inference.encoder import OnnxEncoder, RememberingEncoder, Vectors, load_encoder
from askworthy.inference.manifest import check_model_target, model_folder, read_manifest
from askworthy.training.aspects import Labelled, read_calibrating, read_labelled
from askworthy.training.batches import LENGTH_STEP, like_lengths
from askworthy.training.export import export_onnx
from askworthy.training.pace import share_of_rate
from askworthy.training.questions import read_questions
from askworthy.training.restore import stored_weights
from askworthy.training.topic_teacher import topics_told
from askworthy.training.upstream import upstream_folder

LAYERS = 3  # of the encoder's six
TEACHERS = 4  # of topics, from the same weights; what they say is averaged
EPOCHS = 13
AT_ONCE = 128  # questions a step
AVERAGED = 800  # steps: the weights are a moving average over about so many
TOKENS = 64  # of a question, while training; more are read later
RATE = 7e-4
LIKENESS = 10.0
OF_TOPICS = 2.0  # how much its topic weighs
SHARPNESS = 5.0  # of topics; vectors have length 1
TOLD = 0.5  # share of a labelled question's topic that is its label's, not the teacher's


def train_question_encoder(
    labelled: Path,
    target: Path,
    asked: Sequence[Path] = (),
    *,
    without: Sequence[Path] = (),
    teacher: str | None = None,
    layers: int = LAYERS,
    epochs: int = EPOCHS,
    seed: int = 0,
    labels: Path | None = None,
    calibrate: Path | None = None,
    keep: float | None = None,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Teach the encoder's lowest layers to place questions as all of them do, and write them to `target/`.

    Distillation (Hinton, Vinyals and Dean, 2015): of each question the encoder's vector (as in Reimers and Gurevych,
    2020), of each two in a step their cosine, and the topic, of which the teacher is a logistic regression over the
    encoder's vectors, or a bigger model that learns the topics first, as often as there are `TEACHERS`.

    Args:
        labelled: Questions with label and topic, as for `train aspects`.
        target: Folder to write.
        asked: Files of questions without labels, jsonl with `question`, or `first` and `second`; or folders of these.
        without: Files of the same form whose questions are left out, as they are for measuring.
        teacher: Name or folder of the bigger model, any transformers encoder.
        layers: How many are kept.
        epochs: Times through all questions.
        seed: Of all that is drawn.
        labels: Folder to write: the labeller that has been learned beside the encoder. One that learns the labels
            afterwards from its vectors learns less: it places the questions that it knows as no others.
        calibrate: Questions with label and topic that are held out, by which the labeller's probabilities are set.
        keep: `other` is favoured as far as this share of those that are not `other` is still kept.
        watch: Told how far it has come.

    Returns:
        What the manifest says of the training.

    Raises:
        BadCorpus: A file cannot be read, or holds no questions, or other classes; or one of `labels`, `calibrate` and
            `keep` is named without the one before it.
        BadModel: The encoder, the teacher or the upstream configuration is not there.
        BadOutput: The folder cannot be written.
    """
    import torch
    from torch.nn import functional

    for folder in filter(None, (target, labels)):
        check_model_target(folder)
    known = read_labelled(labelled)
    if calibrate or keep is not None:
        if not labels:
            raise BadCorpus("probabilities are set for a labeller that is not written; name a folder for it too")
        if not calibrate:
            raise BadCorpus("what is kept is counted on held-out questions; name a file of them too")
    others = read_calibrating(calibrate, known, labelled) if calibrate else None
    held_out = {text for file in without for text in read_questions(file)}
    texts = [*known.texts, *(text for file in asked for text in read_questions(file))]
    texts = [text for text in dict.fromkeys(texts) if text not in held_out]
    vectors = load_encoder().encode(texts)
    known = _without(known, held_out)
    said = _told(teacher, known, texts, seed, watch) if teacher else _regressed(known, texts, vectors)
    topics = torch.tensor(_topics(known, texts, said))
    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = _student(layers, topics.shape[1]).to(device)
    learned = [weight for weight in network.parameters() if weight.requires_grad]
    averages = [weight.detach().clone() for weight in learned]
    optimiser = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    places, topics = torch.tensor(vectors).to(device), topics.to(device)
    rows = [one[:TOKENS] for one in network.token_ids(texts)]
    network.train()
    batches = list(like_lengths(rows, epochs, AT_ONCE, random.Random(seed)))
    for step, some in enumerate(batches):
        for part in optimiser.param_groups:
            part["lr"] = RATE * share_of_rate(step / len(batches))
        with torch.autocast(device.type, dtype=torch.bfloat16):
            found = network.vectors([rows[row] for row in some])
        wanted = places[some]
        loss = LIKENESS * (1 - (found * wanted).sum(1)).mean()
        loss = loss + LIKENESS * ((found @ found.T - wanted @ wanted.T) ** 2).mean()
        loss = loss + OF_TOPICS * functional.cross_entropy(network.topic(found * SHARPNESS), topics[some])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        with torch.no_grad():
            for average, weight in zip(averages, learned, strict=True):
                average.lerp_(weight, 1 / min(step + 1, AVERAGED))
        if watch:
            watch("training", step + 1, len(batches))
    network.eval()
    with torch.no_grad():
        for average, weight in zip(averages, learned, strict=True):
            weight.copy_(average)
        some = list(range(0, len(rows), max(1, len(rows) // 1000)))
        likeness = [float((network.vectors([rows[row]]) * places[row]).sum()) for row in some]
    encoder = model_folder("encoder")
    manifest = read_manifest(encoder)
    facts = {key: manifest[key] for key in ("dimensions", "max_length", "origin", "origin_sha256", "licence")}
    facts |= {
        "kind": "question-encoder",
        "teacher": str(manifest["hash"])[:16],
        **({"topic_teacher": Path(teacher).name} if teacher else {}),
        "layers": layers,
        "trained": {"questions": len(texts), "steps": len(batches), "seed": seed, "device": str(device)},
        "cosine_with_teacher": round(float(np.mean(likeness)), 4),
    }
    export_onnx(network.cpu(), encoder / "tokenizer.json", target, facts)
    if labels:
        matrix, bias = SHARPNESS * network.topic.weight.detach().numpy(), network.topic.bias.detach().numpy()
        _write_labeller(labels, target, sorted(set(known.classes)), matrix, bias, others, keep)
    return facts


def _write_labeller(
    target: Path,
    encoder: Path,
    classes: Sequence[str],
    matrix: Vectors,
    bias: Vectors,
    others: Labelled | None,
    keep: float | None,
) -> None:
    from askworthy.aspects.classifier import AspectClassifier

    classifier = AspectClassifier(word_scale=0.0)
    classifier.take_over(classes, matrix, bias, RememberingEncoder(OnnxEncoder(encoder)))
    if others:
        classifier.calibrate(others.texts, others.classes, also=others.also or None, keep=keep)
    classifier.save(target)


def _without(known: Labelled, held_out: set[str]) -> Labelled:
    kept = [n for n, text in enumerate(known.texts) if text not in held_out]
    return Labelled([known.texts[n] for n in kept], [known.classes[n] for n in kept])


def _told(teacher: str, known: Labelled, texts: Sequence[str], seed: int, watch: Watch | None) -> Vectors:
    """What bigger models say of n texts, on average: (n, classes); each was taught in an order of its own."""
    said = [topics_told(teacher, known, texts, seed=seed + place, watch=watch) for place in range(TEACHERS)]
    found: Vectors = np.mean(said, axis=0)
    return found


def _regressed(known: Labelled, texts: Sequence[str], vectors: Vectors) -> Vectors:
    """The probability of each class for n texts by a logistic regression over their vectors: (n, classes)."""
    from sklearn.linear_model import LogisticRegression

    place = {text: n for n, text in enumerate(texts)}
    fitted = LogisticRegression(C=10.0, max_iter=1000).fit(
        vectors[[place[text] for text in known.texts]], np.array(known.classes)
    )
    found: Vectors = fitted.predict_proba(vectors).astype(np.float32)
    return found


def _topics(known: Labelled, texts: Sequence[str], said: Vectors) -> Vectors:
    """What the teacher said of n texts: (n, classes); half of it the label, where there is one."""
    classes, place = sorted(set(known.classes)), {text: n for n, text in enumerate(texts)}
    found = said.copy()
    for text, name in zip(known.texts, known.classes, strict=True):
        told = np.eye(len(classes), dtype=np.float32)[classes.index(name)]
        found[place[text]] = TOLD * told + (1 - TOLD) * said[place[text]]
    return found


def _student(layers: int, classes: int) -> Any:
    """The encoder's word table and lowest layers, with a last matrix of its own; the table is not learned."""
    import torch
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertModel

    folder = model_folder("encoder")

    class Student(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.config = BertConfig.from_pretrained(str(upstream_folder()))
            self.config.num_hidden_layers = layers
            self.config.attention_probs_dropout_prob, self.config.hidden_dropout_prob = 0.0, 0.05
            self.bert = BertModel(self.config, add_pooling_layer=False)
            weights = {name: torch.tensor(values) for name, values in stored_weights(folder / "model.onnx").items()}
            self.bert.load_state_dict({name.removeprefix("bert."): one for name, one in weights.items()}, strict=False)
            self.bert.embeddings.requires_grad_(False)
            size = self.config.hidden_size
            self.last, self.topic = torch.nn.Linear(size, size), torch.nn.Linear(size, classes)
            torch.nn.init.eye_(self.last.weight)
            torch.nn.init.zeros_(self.last.bias)
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.tokenizer.no_padding()

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any = None) -> dict[str, Any]:
            found = self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
            return {"last_hidden_state": self.last(found.last_hidden_state)}

        def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
            return [one.ids for one in self.tokenizer.encode_batch(list(texts))]

        def vectors(self, rows: Sequence[list[int]]) -> Any:
            longest, device = -(-max(map(len, rows)) // LENGTH_STEP) * LENGTH_STEP, self.last.weight.device
            ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows], device=device)
            mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows], device=device)
            tokens = self(ids, mask)["last_hidden_state"].float() * mask[:, :, None]
            return torch.nn.functional.normalize(tokens.sum(1) / mask.sum(1, keepdim=True), dim=1)

    return Student()
