"""Writes the weight files of this folder; see README.md."""
import json
import struct

import numpy as np

TYPES = {
    "BOOL": np.bool_, "U8": np.uint8, "I8": np.int8, "U16": np.uint16, "I16": np.int16, "U32": np.uint32,
    "I32": np.int32, "U64": np.uint64, "I64": np.int64, "F16": np.float16, "F32": np.float32, "F64": np.float64,
}


def edge_values(dtype):
    """Six values: the extremes of the type and some between."""
    if dtype == np.bool_:
        return np.array([0, 1, 1, 0, 1, 0], dtype)
    if np.issubdtype(dtype, np.integer):
        limits = np.iinfo(dtype)
        return np.array([limits.min, limits.max, limits.max - 1, limits.max // 2 + 1, 7, 0], dtype)
    limits = np.finfo(dtype)
    return np.array([-1.5, 1 / 3, float(limits.tiny) / 4 if dtype != np.float64 else 0.1, 65504, -0.0, np.inf], dtype)


def bits(array):
    return [int(b) for b in np.ascontiguousarray(array).astype(np.float32).reshape(-1).view(np.uint32)]


tensors = {f"t.{name}": (name, edge_values(dtype).reshape(2, 3)) for name, dtype in TYPES.items()}
tensors["scalar"] = ("F32", np.array(2.5, np.float32))
tensors["empty"] = ("F32", np.zeros((0, 3), np.float32))
header, data, expected = {"__metadata__": {"format": "pt"}}, b"", {}
for name, (dtype, values) in tensors.items():
    raw = values.astype(values.dtype.newbyteorder("<")).tobytes()
    header[name] = {"dtype": dtype, "shape": list(values.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
    expected[name] = {"shape": list(values.shape), "bits": bits(values)}
# bfloat16 is the upper half of a float32
halves = np.array([0x3F80, 0xC0A0, 0x0001, 0x7F80], np.uint16)
header["t.BF16"] = {"dtype": "BF16", "shape": [4], "data_offsets": [len(data), len(data) + 8]}
data += halves.astype("<u2").tobytes()
expected["t.BF16"] = {"shape": [4], "bits": [int(h) << 16 for h in halves]}
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open("types.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)

arrays = {
    "conv1.weight": (np.arange(2 * 3 * 2 * 2, dtype=np.float32).reshape(2, 3, 2, 2) - 5) / 7,
    "conv1.bias": np.array([0.25, -3]),
    "half": edge_values(np.float16),
    "count": np.array(12345678901, np.int64),
    "fortran": np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)),
    "big_endian": np.array([1.5, -2.25], ">f4"),
    "zeros": np.zeros(500, np.float32),
}
np.savez("stored.npz", **arrays)
np.savez_compressed("deflated.npz", **arrays)
expected_arrays = {name: {"shape": list(a.shape), "bits": bits(np.array(a, order="C"))} for name, a in arrays.items()}
with open("expected.json", "w") as file:
    json.dump({"safetensors": expected, "npz": expected_arrays}, file)
    file.write("\n")
