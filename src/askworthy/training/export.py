"""A transformer's weights in; a small ONNX file out that the default path runs without torch.

The matrices are stored as int8, one scale a row, and are dequantised when the file is loaded (the graph says so with
Cast and Mul on constants, which onnxruntime folds once at load). All arithmetic stays fp32, so a text's result does
not depend on its batch, as it would with dynamic int8, whose activation scale spans the batch.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from askworthy.inference.manifest import write_model_folder
from askworthy.training.four_bits import BLOCK

LARGEST_PART = 20_000_000  # bytes of a file; bigger ones are a burden wherever versions are kept
SMALLEST_APART = 65_536  # bytes; smaller tensors stay in the model's own file
SMALLEST_STORED_AS_INT8 = 4096  # values; smaller tensors (biases, norms) stay fp32


def export_onnx(
    network: Any,
    tokenizer_json: Path,
    target: Path,
    facts: dict[str, Any],
    *,
    output: str = "last_hidden_state",
) -> None:
    """Write `target/` with `model.onnx`, `tokenizer.json` and a manifest of their hashes.

    Args:
        network: A transformers BERT model in eval mode, whose forward takes input_ids, attention_mask, token_type_ids.
        tokenizer_json: The tokenizer's file, copied as it is.
        target: Folder to write; what is there is replaced.
        facts: What else the manifest says (kind, maximum length, origin, licence).
        output: Which of the network's outputs the file gives: the token vectors, or a classifier's `logits`.
    """
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        _trace(network, plain, output)
        write_model_folder(
            target,
            {"model.onnx": _with_int8_weights(_fused(plain, network)), "tokenizer.json": tokenizer_json.read_bytes()},
            facts,
        )


def export_four_bits(network: Any, tokenizer_json: bytes, target: Path, facts: dict[str, Any]) -> None:
    """Write `target/` as above, matrices and wide tables in four bits, for a network too big for eight.

    They stay so in memory as well, and blocks of them are made fp32 where they are multiplied: a tenth of the file and
    of the memory, for a third more time.

    Args:
        network: Any network in eval mode, from token ids and a mask, both (b, length), to (b, outputs).
        tokenizer_json: What the tokenizer's file holds.
        target: Folder to write; what is there is replaced.
        facts: What else the manifest says.
    """
    import onnx
    import torch
    from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        example = torch.ones((2, 8), dtype=torch.int64)
        axes = {"input_ids": {0: "batch", 1: "length"}, "attention_mask": {0: "batch", 1: "length"}}
        with torch.no_grad():
            torch.onnx.export(
                network,
                (example, example),
                str(plain),
                input_names=list(axes),
                output_names=["logits"],
                dynamic_axes={**axes, "logits": {0: "batch"}},
                opset_version=17,
                dynamo=False,
            )
        model = onnx.load(str(plain))
    for operator in ("Gather", "MatMul"):
        axis = {"quant_axes": (("Gather", 1),)} if operator == "Gather" else {}
        how = DefaultWeightOnlyQuantConfig(
            block_size=BLOCK, is_symmetric=False, bits=4, op_types_to_quantize=(operator,), **axis
        )
        quantizer = MatMulNBitsQuantizer(model, algo_config=how, nodes_to_exclude=_narrow(model))
        quantizer.process()
        model = quantizer.model.model
    write_model_folder(target, {**_in_parts(model), "tokenizer.json": tokenizer_json}, facts)


def _in_parts(model: Any) -> dict[str, bytes]:
    """What the files of a model hold: itself, and its larger tensors beside it (ONNX external data), by name."""
    from onnx.external_data_helper import set_external_data

    parts: dict[str, bytearray] = {}
    for tensor in model.graph.initializer:
        size = len(tensor.raw_data)
        if size >= SMALLEST_APART:
            if not parts or len(list(parts.values())[-1]) + size > LARGEST_PART:
                parts[f"weights-{len(parts) + 1}.bin"] = bytearray()
            name = list(parts)[-1]
            set_external_data(tensor, location=name, offset=len(parts[name]), length=size)
            parts[name] += tensor.raw_data
            tensor.ClearField("raw_data")
    return {"model.onnx": model.SerializeToString()} | {name: bytes(part) for name, part in parts.items()}


def _narrow(model: Any) -> list[str]:
    """Names of the nodes that look something up in a table whose rows are not whole blocks; these are small."""
    widths = {table.name: table.dims[-1] for table in model.graph.initializer if len(table.dims) > 1}
    return [node.name for node in model.graph.node if node.op_type == "Gather" and widths.get(node.input[0], 0) % BLOCK]


def _trace(network: Any, path: Path, output: str) -> None:
    import torch

    class Headed(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, ids: Any, mask: Any, types: Any) -> Any:
            return self.network(input_ids=ids, attention_mask=mask, token_type_ids=types)[output]

    example = torch.ones((2, 8), dtype=torch.int64)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "length"} for name in names}
    axes[output] = {0: "batch"} if output == "logits" else axes["input_ids"]
    with torch.no_grad():
        torch.onnx.export(
            Headed().eval(),
            (example, example, torch.zeros_like(example)),
            str(path),
            input_names=names,
            output_names=[output],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def _fused(path: Path, network: Any) -> Any:
    """Attention, layer norm and gelu as single operators: same figures, about a third less time."""
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False  # it would want the whole word table in fp32
    optimised = optimize_model(
        str(path),
        model_type="bert",
        num_heads=network.config.num_attention_heads,
        hidden_size=network.config.hidden_size,
        opt_level=0,
        optimization_options=options,
    )
    return optimised.model


def _with_int8_weights(model: Any) -> bytes:
    import numpy as np
    from onnx import helper, numpy_helper

    graph = model.graph
    kept, added = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.ndim != 2 or values.size < SMALLEST_STORED_AS_INT8:
            kept.append(tensor)
            continue
        name = tensor.name
        lookups = [node for node in graph.node if node.op_type == "Gather" and node.input[0] == name]
        # A matrix multiplied from the right is scaled by output column, a table by the row that is looked up.
        scale = np.abs(values).max(axis=1 if lookups else 0, keepdims=True).astype(np.float32) / 127
        scale[scale == 0] = 1
        small = np.round(values / scale).astype(np.int8)
        kept += [numpy_helper.from_array(small, f"{name}.int8"), numpy_helper.from_array(scale, f"{name}.scale")]
        for node in lookups:
            # Of a table only the rows that are looked up are ever made fp32: half of the model's memory.
            found = node.output[0]
            for part in ("int8", "scale"):
                added.append(helper.make_node("Gather", [f"{name}.{part}", node.input[1]], [f"{found}.{part}"]))
            added.append(helper.make_node("Cast", [f"{found}.int8"], [f"{found}.cast"], to=1))
            added.append(helper.make_node("Mul", [f"{found}.cast", f"{found}.scale"], [found]))
            graph.node.remove(node)
        if not lookups:
            added.append(helper.make_node("Cast", [f"{name}.int8"], [f"{name}.cast"], to=1))
            added.append(helper.make_node("Mul", [f"{name}.cast", f"{name}.scale"], [name]))
    nodes = [*added, *graph.node]
    _replace(graph.initializer, kept)
    _replace(graph.node, nodes)
    data: bytes = model.SerializeToString()
    return data


def _replace(field: Any, items: Sequence[Any]) -> None:
    del field[:]
    field.extend(items)
