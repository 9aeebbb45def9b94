"""Makes the files of this folder and, in expected/, the values that a decoder must give as (c, d, h, w)."""
import gzip
import os
import struct
import subprocess
import zlib

import nibabel
import numpy as np
import scipy.io.wavfile
from PIL import Image, ImageOps

HEIGHT, WIDTH = 9, 13
random = np.random.default_rng(20260101)
os.makedirs("expected", exist_ok=True)
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
SMOOTH = np.stack([x * 19, y * 30, 255 - x * 9 - y * 14], axis=-1).astype("u1")
NOISE = random.integers(0, 256, (HEIGHT, WIDTH, 4)).astype("u1")
NOISE16 = random.integers(0, 65536, (HEIGHT, WIDTH, 4)).astype("u2")


def expect(name, values):
    """values as (h, w), (h, w, c) or (c, d, h, w)"""
    values = np.asarray(values)
    if values.ndim == 2:
        values = values[..., None]
    if values.ndim == 3:
        values = values.transpose(2, 0, 1)[:, None]
    values = np.ascontiguousarray(values.astype("<f4"))
    small = values.clip(0, 255).astype("u1")
    np.save(f"expected/{name}.npy", small if (small == values).all() else values)


def pillow(name, image, values=None, **options):
    image.save(name, **options)
    expect(name, np.array(Image.open(name)) if values is None else values)


def magick(name, array, *options):
    """ImageMagick makes the file from raw samples; the samples are what is expected"""
    channels = 1 if array.ndim == 2 else array.shape[2]
    kind = {1: "gray", 3: "rgb", 4: "rgba"}[channels]
    bits = array.dtype.itemsize * 8
    size = f"{array.shape[1]}x{array.shape[0]}"
    subprocess.run(["convert", "-size", size, "-depth", str(bits), "-endian", "LSB", f"{kind}:-", "-strip",
                    *options, name], input=array.astype(array.dtype.newbyteorder("<")).tobytes(), check=True)


def jpeg():
    rgb = Image.fromarray(SMOOTH)
    pillow("rgb444.jpg", rgb, quality=90, subsampling=0)
    pillow("rgb422.jpg", rgb, quality=90, subsampling=1)
    pillow("rgb420.jpg", rgb, quality=90, subsampling=2)
    pillow("progressive.jpg", rgb, quality=90, progressive=True)
    pillow("gray.jpg", Image.fromarray(SMOOTH[..., 0]), quality=90)
    cmyk = Image.fromarray(np.concatenate([SMOOTH, SMOOTH[..., :1] // 2], axis=-1), "CMYK")
    cmyk.save("cmyk.jpg", quality=95)
    content = open("cmyk.jpg", "rb").read()
    adobe = content.index(b"\xff\xee")
    assert content[adobe + 4:adobe + 9] == b"Adobe"
    open("ycck.jpg", "wb").write(content[:adobe + 15] + b"\x02" + content[adobe + 16:])
    open("cmyk_plain.jpg", "wb").write(content[:adobe] + content[adobe + 16:])
    for name in "cmyk.jpg", "ycck.jpg", "cmyk_plain.jpg":
        expect(name, np.array(Image.open(name).convert("RGB")))
    content = bytearray(open("rgb444.jpg", "rb").read())
    assert content[2:4] == b"\xff\xe0"
    del content[2:4 + 16]
    frame, scan = content.index(b"\xff\xc0"), content.index(b"\xff\xda")
    for i, letter in enumerate(b"RGB"):
        content[frame + 10 + 3 * i] = letter
        content[scan + 5 + 2 * i] = letter
    open("rgb_untransformed.jpg", "wb").write(content)
    expect("rgb_untransformed.jpg", np.array(Image.open("rgb_untransformed.jpg")))
    big = Image.fromarray(SMOOTH).resize((120, 90), Image.BICUBIC)
    big.save("large.jpg", quality=80)
    expect("large.jpg", np.array(Image.open("large.jpg")))
    arithmetic = content.copy()
    arithmetic[frame + 1] = 0xC9
    open("refused_arithmetic.jpg", "wb").write(arithmetic)


def orientations():
    for value in range(1, 9):
        exif = Image.Exif()
        exif[274] = value
        for ending in "jpg", "png", "tif":
            name = f"orientation{value}.{ending}"
            Image.fromarray(SMOOTH).save(name, exif=exif, **({"quality": 95} if ending == "jpg" else {}))
            if ending == "tif":
                shape = (HEIGHT, WIDTH, 3) if value < 5 else (WIDTH, HEIGHT, 3)
                turned = subprocess.check_output(["convert", name, "-auto-orient", "-depth", "8", "rgb:-"])
                expect(name, np.frombuffer(turned, "u1").reshape(shape))
            else:
                expect(name, np.array(ImageOps.exif_transpose(Image.open(name))))


def png():
    for name, array in {"gray8": NOISE[..., 0], "rgb8": NOISE[..., :3], "rgba8": NOISE}.items():
        pillow(name + ".png", Image.fromarray(array), array)
    pillow("gray_alpha8.png", Image.fromarray(NOISE[..., :2], "LA"), NOISE[..., :2])
    bilevel = NOISE[..., 0] > 127
    pillow("gray1.png", Image.fromarray(bilevel), bilevel * 255)
    for bits in 2, 4:
        levels = NOISE[..., 0] >> 8 - bits
        gray = (levels * (255 // (2**bits - 1))).astype("u1")
        magick(f"gray{bits}.png", gray, "-define", f"png:bit-depth={bits}", "-define", "png:color-type=0")
        expect(f"gray{bits}.png", gray)
    for name, array, kind in ("gray16", NOISE16[..., 0], 0), ("rgb16", NOISE16[..., :3], 2), ("rgba16", NOISE16, 6):
        magick(name + ".png", array, "-define", f"png:color-type={kind}", "-define", "png:bit-depth=16")
        expect(name + ".png", array)
    gray_alpha = NOISE16[..., [0, 0, 0, 3]]
    magick("gray_alpha16.png", gray_alpha, "-define", "png:color-type=4", "-define", "png:bit-depth=16")
    expect("gray_alpha16.png", NOISE16[..., [0, 3]])
    indexed = Image.fromarray(NOISE[..., :3]).quantize(100)
    pillow("palette8.png", indexed, np.array(indexed.convert("RGB")))
    few = Image.fromarray(NOISE[..., :3]).quantize(11)
    pillow("palette4.png", few, np.array(few.convert("RGB")), bits=4)
    few.save("palette_transparent.png", transparency=bytes([0, 100, 200]))
    expect("palette_transparent.png", np.array(Image.open("palette_transparent.png").convert("RGBA")))
    # the transparent colour is the one of pixel (2, 3): expected from the specification's definition
    key = tuple(int(v) for v in NOISE[2, 3, :3])
    alpha = np.where((NOISE[..., :3] == key).all(axis=-1), 0, 255)[..., None]
    pillow("rgb_key.png", Image.fromarray(NOISE[..., :3]), np.concatenate([NOISE[..., :3], alpha], axis=-1),
           transparency=key)
    gray_key = np.where(NOISE[..., 0] == key[0], 0, 255)
    pillow("gray_key.png", Image.fromarray(NOISE[..., 0]), np.stack([NOISE[..., 0], gray_key], axis=-1),
           transparency=key[0])
    for name, array in ("interlaced.png", NOISE[..., :3]), ("interlaced_narrow.png", NOISE[:3, :2, 0]):
        magick(name, array, "-interlace", "PNG")
        expect(name, array)
    magick("interlaced1.png", (bilevel * 255).astype("u1"), "-interlace", "PNG", "-define", "png:bit-depth=1",
           "-define", "png:color-type=0")
    expect("interlaced1.png", bilevel * 255)
    for bits in 1, 2, 4:
        # the gray that is transparent is the one of pixel (2, 3)
        content = open(f"gray{bits}.png", "rb").read()
        assert content[24:26] == bytes([bits, 0])
        levels = NOISE[..., 0] >> 8 - bits
        transparency = b"tRNS" + struct.pack(">H", levels[2, 3])
        chunk = struct.pack(">I", 2) + transparency + struct.pack(">I", zlib.crc32(transparency))
        open(f"gray{bits}_key.png", "wb").write(content[:33] + chunk + content[33:])
        alpha = np.where(levels == levels[2, 3], 0, 255)
        expect(f"gray{bits}_key.png", np.stack([levels.astype("i4") * (255 // (2**bits - 1)), alpha], axis=-1))
    big = Image.fromarray(SMOOTH).resize((120, 90), Image.BICUBIC)
    pillow("filters.png", big, np.array(big))
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    checksum = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    open("refused_60000.png", "wb").write(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + header + checksum)


def tiff():
    for name, array in {"gray8": NOISE[..., 0], "rgb8": NOISE[..., :3], "rgba8": NOISE,
                        "gray16": NOISE16[..., 0],
                        "float32": random.standard_normal((HEIGHT, WIDTH)).astype("f4"),
                        "int32": random.integers(-2**31, 2**31, (HEIGHT, WIDTH)).astype("i4")}.items():
        pillow(name + ".tif", Image.fromarray(array), array)
    for compression in "tiff_lzw", "tiff_adobe_deflate", "packbits":
        pillow(compression + ".tif", Image.fromarray(NOISE[..., :3]), NOISE[..., :3], compression=compression)
    smooth = Image.fromarray(SMOOTH)
    pillow("jpeg.tif", smooth, compression="jpeg", quality=95)
    bilevel = NOISE[..., 0] > 127
    pillow("bilevel.tif", Image.fromarray(bilevel), bilevel * 255)
    pillow("group4.tif", Image.fromarray(bilevel), bilevel * 255, compression="group4")
    few = Image.fromarray(NOISE[..., :3]).quantize(11)
    pillow("palette.tif", few, np.array(few.convert("RGB")))
    cmyk = Image.fromarray(NOISE, "CMYK")
    pillow("cmyk.tif", cmyk, np.array(cmyk.convert("RGB")))
    pages = [Image.fromarray(NOISE[..., i]) for i in range(3)]
    pillow("pages.tif", pages[0], NOISE[..., 0], save_all=True, append_images=pages[1:])
    for name, array, options in (
            ("rgb16_big_endian", NOISE16[..., :3], ["-endian", "MSB"]),
            ("rgba16", NOISE16, []),
            ("planar", NOISE[..., :3], ["-interlace", "plane"]),
            ("tiled", NOISE[..., :3], ["-define", "tiff:tile-geometry=16x16"])):
        magick(name + ".tif", array, "-compress", "none", *options)
        expect(name + ".tif", array)
    magick("min_is_white.tif", NOISE[..., 0], "-compress", "none", "-define", "quantum:polarity=min-is-white")
    expect("min_is_white.tif", np.array(Image.open("min_is_white.tif")))
    gray4 = ((NOISE[..., 0] >> 4) * 17).astype("u1")
    magick("gray4.tif", gray4, "-compress", "none", "-depth", "4")
    expect("gray4.tif", gray4)
    magick("gray_alpha8.tif", NOISE[..., [0, 0, 0, 3]], "-compress", "none", "-type", "GrayscaleMatte")
    expect("gray_alpha8.tif", NOISE[..., [0, 3]])
    magick("float32_rgb.tif", NOISE16[..., :3], "-compress", "zip", "-define", "tiff:predictor=1", "-depth", "32",
           "-define", "quantum:format=floating-point")
    expect("float32_rgb.tif", NOISE16[..., :3].astype("f8") / 65535)


def bmp():
    pillow("rgb.bmp", Image.fromarray(NOISE[..., :3]), NOISE[..., :3])
    pillow("gray.bmp", Image.fromarray(NOISE[..., 0]), NOISE[..., 0])
    bilevel = NOISE[..., 0] > 127
    pillow("bilevel.bmp", Image.fromarray(bilevel), bilevel * 255)
    indexed = Image.fromarray(NOISE[..., :3]).quantize(100)
    pillow("palette8.bmp", indexed, np.array(indexed.convert("RGB")))
    magick("rgb565.bmp", NOISE[..., :3], "-define", "bmp:subtype=RGB565")
    read = subprocess.check_output(["convert", "rgb565.bmp", "-depth", "8", "rgb:-"])
    expect("rgb565.bmp", np.frombuffer(read, "u1").reshape(HEIGHT, WIDTH, 3))
    magick("rgba.bmp", NOISE)
    expect("rgba.bmp", NOISE)
    magick("rle8.bmp", np.repeat(NOISE[..., :3], 3, axis=1) // 64 * 64, "-type", "palette", "-compress", "RLE")
    expect("rle8.bmp", np.repeat(NOISE[..., :3], 3, axis=1) // 64 * 64)


def gif():
    indexed = Image.fromarray(NOISE[..., :3]).quantize(100)
    values = np.array(indexed.convert("RGB"))
    pillow("palette.gif", indexed, values)
    magick("interlaced.gif", values, "-interlace", "GIF")
    expect("interlaced.gif", values)
    # rows in the order of the specification's passes, as other programs differ for frames that have no row 4
    for height, order in (2, [0, 1]), (3, [0, 2, 1]), (4, [0, 2, 1, 3]):
        name = f"interlaced_height{height}.gif"
        Image.fromarray(NOISE[order, :, 0]).save(name, interlace=0)
        content = bytearray(open(name, "rb").read())
        image = 13 + 3 * (2 << (content[10] & 7))
        assert content[image] == 0x2C and content[image + 9] == 0
        content[image + 9] = 0x40
        open(name, "wb").write(content)
        expect(name, np.repeat(NOISE[:height, :, :1], 3, axis=2))
    # made to blocks of 2 bytes, and with a transparent colour that the 16 colours don't have
    few = np.array(Image.fromarray(NOISE[..., :3]).quantize(11).convert("RGB"))
    magick("small_blocks.gif", few)
    content = bytearray(open("small_blocks.gif", "rb").read())
    control, image = 13 + 3 * 16, 13 + 3 * 16 + 8
    assert content[10] & 7 == 3 and content[control:control + 4] == b"\x21\xF9\x04\0" and content[image] == 0x2C
    content[control + 3], content[control + 6] = 1, 200
    start, end = image + 12, len(content) - 2
    assert start + content[start - 1] == end and content[end:] == b"\0;"
    blocks = [content[i:min(i + 2, end)] for i in range(start, end, 2)]
    blocks = b"".join(bytes([len(block)]) + block for block in blocks)
    open("small_blocks.gif", "wb").write(content[:start - 1] + blocks + content[end:])
    expect("small_blocks.gif", few)
    frames = [Image.fromarray(np.roll(NOISE[..., :3], i, axis=1)).quantize(60) for i in range(3)]
    pillow("animated.gif", frames[0], np.array(frames[0].convert("RGB")), save_all=True, append_images=frames[1:],
           duration=100, loop=0)
    large = Image.fromarray(random.integers(0, 256, (90, 130, 3)).astype("u1")).quantize(256)
    pillow("large.gif", large, np.array(large.convert("RGB")))
    smooth = Image.fromarray(SMOOTH).resize((150, 100), Image.BICUBIC).quantize(32)
    pillow("smooth.gif", smooth, np.array(smooth.convert("RGB")))
    opaque = np.where(NOISE[..., 3:] > 127, 255, 0)
    cut = np.concatenate([values * (opaque > 0), opaque], axis=-1).astype("u1")
    magick("transparent.gif", cut)
    expect("transparent.gif", np.array(Image.open("transparent.gif").convert("RGBA")))
    magick("offset.gif", values, "-repage", "20x15+3+4")
    canvas = np.zeros((15, 20, 4))
    canvas[4:4 + HEIGHT, 3:3 + WIDTH] = np.concatenate([values, np.full((HEIGHT, WIDTH, 1), 255)], axis=-1)
    expect("offset.gif", canvas)


def wav():
    samples = random.integers(-2**31, 2**31, (50, 2)).astype("<i4")
    samples[0], samples[1] = -2**31, 2**31 - 1
    open("samples.raw", "wb").write(samples.tobytes())
    for bits in 8, 16, 24, 32:
        kind = ["-e", "unsigned-integer"] if bits == 8 else ["-e", "signed-integer"]
        kept = (samples.astype("i8") >> 32 - bits << 32 - bits).astype("<i4")
        open("samples.raw", "wb").write(kept.tobytes())
        subprocess.run(["sox", "-D", "-t", "raw", "-r", "8000", "-b", "32", "-e", "signed-integer", "-c", "2",
                        "samples.raw", "-b", str(bits), *kind, f"pcm{bits}.wav"], check=True)
        expect(f"pcm{bits}.wav", (kept.astype("f8") / 2**31).T[:, None, None])
    floats = random.uniform(-1, 1, 37).astype("<f4")
    open("samples.raw", "wb").write(floats.tobytes())
    for bits in 32, 64:
        subprocess.run(["sox", "-D", "-t", "raw", "-r", "8000", "-b", "32", "-e", "floating-point", "-c", "1",
                        "samples.raw", "-b", str(bits), "-e", "floating-point", f"float{bits}.wav"], check=True)
        expect(f"float{bits}.wav", scipy.io.wavfile.read(f"float{bits}.wav")[1][None, None, None])
    subprocess.run(["sox", "-D", "-t", "raw", "-r", "8000", "-b", "32", "-e", "floating-point", "-c", "1",
                    "samples.raw", "-b", "8", "-e", "u-law", "refused_mu_law.wav"], check=True)
    os.remove("samples.raw")


def nifti():
    def save(name, values, slope=None, order="<"):
        header = nibabel.Nifti1Header(endianness=order)
        header.set_data_dtype(values.dtype.newbyteorder(order))
        header.set_data_shape(values.shape)
        if slope:
            header.set_slope_inter(*slope)
        else:
            header.set_slope_inter(1, 0)
        header["vox_offset"] = 352
        header["magic"] = b"n+1"
        content = header.binaryblock + bytes(4) + values.astype(values.dtype.newbyteorder(order)).tobytes(order="F")
        if name.endswith(".gz"):
            content = gzip.compress(content, mtime=0)
        open(name, "wb").write(content)
        read = np.asarray(nibabel.load(name).get_fdata(dtype="f8"))
        read = read.reshape(read.shape + (1,) * (4 - read.ndim))
        expect(name, read.transpose(3, 2, 1, 0))

    for kind in "u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8", "i8", "u8":
        bits = np.dtype(kind).itemsize * 8
        if kind[0] == "f":
            values = random.standard_normal((5, 4, 3)).astype(kind)
        else:
            values = np.frombuffer(random.bytes(60 * bits // 8), kind).reshape(5, 4, 3)
        for letter, order in ("l", "<"), ("b", ">"):
            save(f"volume_{kind}{letter}.nii", values, order=order)
    values = random.integers(-1000, 1000, (6, 5, 4, 3)).astype("i2")
    save("scaled_4d.nii", values, (0.25, -7.5))
    save("compressed.nii.gz", values)
    save("flat_2d.nii", values[:, :, 0, 0])


def npy():
    for axes, shape in enumerate([(7,), (2, 7), (3, 4, 5), (2, 3, 4, 5)], 1):
        for kind in "f2", "f4", "f8", "i1", "u1", "i2", "u2", "i4", "i8":
            if axes == 3 or kind == "f4":
                values = (random.standard_normal(shape) * 50 + 100).clip(0, 127).astype("<" + kind)
                order = ">" if kind in ("i2", "f8") else "<"
                np.save(f"axes{axes}_{kind}.npy", values.astype(order + kind))
                full = {1: (1, 1, 1) + shape, 2: (shape[0], 1, 1, shape[-1]), 3: (shape[0], 1) + shape[1:], 4: shape}
                expect(f"axes{axes}_{kind}.npy", values.reshape(full[axes]))
    values = np.arange(120, dtype="<f4").reshape(2, 3, 4, 5)
    np.save("fortran.npy", np.asfortranarray(values))
    expect("fortran.npy", values)
    np.save("refused_5_axes.npy", np.zeros((1, 1, 1, 1, 2), "<f4"))


jpeg()
orientations()
png()
tiff()
bmp()
gif()
wav()
nifti()
npy()
open("refused_text.png", "w").write("This is a text, whatever its name says.\n")
