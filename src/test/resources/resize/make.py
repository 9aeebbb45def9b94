"""Writes cases.npz; see README.md. Usage: make.py FOLDER_OF_PHOTOGRAPHS"""
import sys
import warnings

import numpy as np
import torch
from PIL import Image

# Operators of detection, compiled for another PyTorch than the installed one, are neither here nor needed
_register = torch.library.register_fake
torch.library.register_fake = lambda name, *a, **k: (lambda f: f) if name.startswith("torchvision::") else _register(name, *a, **k)
import torchvision.transforms.functional as v1
import torchvision.transforms.v2.functional as v2
from torchvision.transforms import InterpolationMode

warnings.filterwarnings("ignore")
FILTERS = {name: getattr(Image.Resampling, name.upper()) for name in ("nearest", "bilinear", "bicubic", "box", "lanczos")}
MODES = {name: InterpolationMode(name) for name in ("nearest", "bilinear", "bicubic")}


def photograph(name, box, mode):
    return np.asarray(Image.open(f"{sys.argv[1]}/{name}").convert(mode).crop(box))


noise = np.random.default_rng(2024)
steps = (np.add.outer(np.arange(23) * 900, np.arange(31) * 700) + noise.integers(0, 4000, (23, 31)) + 9000).astype(np.uint16)
INPUTS = {  # (y, x) or (y, x, channel)
    "astronaut": photograph("astronaut.png", (180, 60, 277, 135), "RGB"),
    "brick": photograph("brick.png", (100, 90, 164, 143), "L"),
    "extremes": (noise.integers(0, 2, (13, 7, 3)) * 255).astype(np.uint8),
    "bytes": noise.integers(0, 256, (41, 60, 3)).astype(np.uint8),
    "pixel": np.array([[[12, 200, 255]]], np.uint8),
    "row": noise.integers(0, 256, (1, 9)).astype(np.uint8),
    "column": noise.integers(0, 256, (9, 1)).astype(np.uint8),
    "steps16": steps,
    "floats": noise.normal(0, 100, (17, 19)).astype(np.float32),
}
SIZES = {  # (y, x)
    "astronaut": [(32, 41), (56, 73), (100, 75), (75, 97), (9, 120), (1, 1)],
    "brick": [(53, 20), (31, 64), (80, 96), (7, 5)],
    "extremes": [(5, 3), (20, 11), (13, 5), (26, 14), (1, 7)],
    "bytes": [(20, 30), (19, 29), (41, 90), (82, 61), (3, 60), (123, 4)],
    "pixel": [(1, 1), (4, 3), (1, 5)],
    "row": [(1, 4), (3, 9), (2, 13)],
    "column": [(4, 1), (9, 3), (13, 2)],
    "steps16": [(11, 15), (40, 33), (7, 31)],
    "floats": [(8, 9), (30, 25), (17, 7)],
}
SHORTER = {"astronaut": [32, 50], "brick": [30, 61], "bytes": [16, 45], "row": [3], "pixel": [4]}
CROPS = {  # shorter side, crop (y, x)
    "astronaut": [(32, 28, 28), (33, 28, 27), (20, 31, 24), (40, 9, 70), (20, 25, 29)],
    "bytes": [(16, 11, 12), (16, 20, 26)],
}
UNRESIZED_CROPS = {"astronaut": [(20, 30), (75, 97), (76, 90), (80, 40), (9, 100), (90, 104)]}


def first_channel(pixels):
    pixels = np.asarray(pixels)
    return pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1)


def tensor(image):
    return torch.from_numpy(first_channel(image).copy())


cases = {}


def add(name, *words, result):
    text = " ".join([name, *(f"{w[0]}x{w[1]}" if isinstance(w, tuple) else str(w) for w in words)])
    cases["expected/" + text] = np.ascontiguousarray(result.numpy() if torch.is_tensor(result) else first_channel(result))


def pillow(image, mode=None):
    return Image.fromarray(image) if mode is None else Image.fromarray(image.astype(np.float32), mode)


for name, image in INPUTS.items():
    cases["input/" + name] = first_channel(image)
    wide = image.dtype == np.uint16
    for size in SIZES[name]:
        for filter, code in FILTERS.items():
            add(name, "pillow", filter, size, result=pillow(image).resize(size[::-1], code))
            if wide:
                add(name, "pillow-F", filter, size, result=pillow(image, "F").resize(size[::-1], code))
        if not wide:
            for filter, mode in MODES.items():
                add(name, "aliased", filter, size, result=v1.resize(tensor(image), list(size), mode, antialias=False))
                if name != "column":  # PyTorch gives all rows the first one's value where the width stays 1
                    add(name, "torchvision", filter, size, result=v1.resize(tensor(image), list(size), mode, antialias=True))
                # PyTorch fails on 3 channels of one byte: "num_channels == unpacked_output.size(0)"
                if filter != "nearest" and image.dtype == np.uint8 and name != "pixel" and size != (1, 1):
                    add(name, "torchvision-v2", filter, size, result=v2.resize(tensor(image), list(size), mode, antialias=True))
    for shorter in SHORTER.get(name, []):
        add(name, "pillow", "bilinear", shorter, result=v1.resize(pillow(image), shorter, MODES["bilinear"]))
        add(name, "torchvision", "bicubic", shorter, result=v1.resize(tensor(image), [shorter], MODES["bicubic"], antialias=True))
    for shorter, height, width in CROPS.get(name, []):
        for filter, mode in MODES.items():
            resized = v1.resize(pillow(image), shorter, mode)
            add(name, "pillow", filter, shorter, (height, width), result=v1.center_crop(resized, [height, width]))
            resized = v1.resize(tensor(image), [shorter], mode, antialias=True)
            add(name, "torchvision", filter, shorter, (height, width), result=v1.center_crop(resized, [height, width]))
    for height, width in UNRESIZED_CROPS.get(name, []):
        add(name, "crop", (height, width), result=v1.center_crop(pillow(image), [height, width]))

np.savez_compressed("cases.npz", **cases)
print(len(cases) - len(INPUTS), "cases; PyTorch", torch.__version__, "on", torch.backends.cpu.get_cpu_capability())
