"""Writes expected.json; see README.md."""
import json

import cv2
import numpy as np
from scipy import ndimage


def kernel(respond, size=3):
    """The kernel of a correlation, from its response to a single bright pixel."""
    image = np.zeros((2 * size + 1, 2 * size + 1))
    image[size, size] = 1
    half = size // 2
    return respond(image)[size - half : size + half + 1, size - half : size + half + 1][::-1, ::-1]


def gabor(size, sigma, theta, wavelength, gamma, phase):
    return cv2.getGaborKernel((size, size), sigma, theta, wavelength, gamma, phase, ktype=cv2.CV_64F)


def gaussian(size, sigma):
    line = cv2.getGaussianKernel(size, sigma, cv2.CV_64F)
    return line @ line.T


eight = np.ones((3, 3))
eight[1, 1] = -8
cases = [
    ("sobel", [kernel(lambda i: cv2.Sobel(i, cv2.CV_64F, 1, 0)), kernel(lambda i: cv2.Sobel(i, cv2.CV_64F, 0, 1))]),
    ({"sobel": {"direction": "x"}}, [kernel(lambda i: ndimage.sobel(i, axis=1))]),
    ({"sobel": {"direction": "y"}}, [kernel(lambda i: ndimage.sobel(i, axis=0))]),
    ("scharr", [kernel(lambda i: cv2.Scharr(i, cv2.CV_64F, 1, 0)), kernel(lambda i: cv2.Scharr(i, cv2.CV_64F, 0, 1))]),
    ("prewitt", [kernel(lambda i: ndimage.prewitt(i, axis=1)), kernel(lambda i: ndimage.prewitt(i, axis=0))]),
    ("laplacian", [kernel(ndimage.laplace)]),
    ({"laplacian": {"connectivity": 4}}, [kernel(lambda i: cv2.Laplacian(i, cv2.CV_64F, ksize=1))]),
    ({"laplacian": {"connectivity": 8}}, [eight]),
    ({"sharpen": {"strength": 0.5}}, [kernel(lambda i: i - 0.5 * ndimage.laplace(i))]),
    ({"gaussian": None}, [gaussian(7, 1)]),
    ({"gaussian": {"sigma": 2.0}}, [gaussian(13, 2)]),
    ({"gaussian": {"sigma": 1.3, "size": 7}},
     [kernel(lambda i: ndimage.gaussian_filter(i, 1.3, mode="constant", radius=3), 7)]),
    ({"box": {"size": 5}}, [kernel(lambda i: cv2.blur(i, (5, 5)), 5)]),
    ({"gabor": {"orientations": 3, "wavelength": [4, 6.5], "sigma": 1.5, "gamma": 0.7, "phase": [0, 1.0],
                "size": 9}},
     [gabor(9, 1.5, np.pi * k / 3, w, 0.7, p) for w in (4, 6.5) for k in range(3) for p in (0, 1.0)]),
    ("identity", [kernel(lambda i: i, 1)]),
]
with open("expected.json", "w") as file:
    json.dump([{"filter": f, "kernels": [np.asarray(k).tolist() for k in ks]} for f, ks in cases], file, indent=0)
    file.write("\n")
