"""Makes the .npy files of this folder and, beside each, its values as little-endian float32 in C order (.f32)."""
import numpy as np

values = {
    "f2": np.arange(24) * 0.37 - 3, "f4": np.arange(24) * 1.0e5 / 7 - 3, "f8": np.arange(24) * 1.0e9 / 7 - 3,
    "i1": np.arange(24) * 11 - 128, "i2": np.arange(24) * 2789 - 32768, "i4": np.arange(24) * 186000007 - 2**31,
    "i8": np.arange(24) * (2**58 + 12345) - 2**62, "u1": np.arange(24) * 11, "u2": np.arange(24) * 2849,
    "u4": np.arange(24) * 186000007, "u8": np.arange(24, dtype="u8") * (2**59 + 2**35 + 1), "b1": np.arange(24) % 3 == 0,
}


def save(name, array, version=None):
    with open(name + ".npy", "wb") as file:
        np.lib.format.write_array(file, array, version=version)
    np.ascontiguousarray(array).astype("<f4").tofile(name + ".f32")


for kind, numbers in values.items():
    for letter, order in ("l", "<"), ("b", ">"):
        save(f"{kind}{letter}", numbers.astype(order + kind).reshape(2, 3, 4))
save("fortran", np.asfortranarray(np.arange(120, dtype="<i2").reshape(2, 3, 4, 5)))
save("scalar", np.array(7.5))
save("empty", np.zeros((0, 3), "<f4"))
save("version2", np.arange(6, dtype="<f4").reshape(2, 3), (2, 0))
save("version3", np.arange(6, dtype="<f4"), (3, 0))
with open("record.npy", "wb") as file:
    np.lib.format.write_array(file, np.zeros(2, [("a", "<f4"), ("b", "<i4")]))
with open("complex.npy", "wb") as file:
    np.lib.format.write_array(file, np.zeros(2, "<c8"))
