#!/usr/bin/env python3
"""Derives spectra.csv: mean and principal components of ten-band surface spectra.

Usage: derive_spectra.py DATA_FOLDER > spectra.csv
DATA_FOLDER holds points/lesotho, points/german-cities, scenes/amazon-trombetas and patches/terramesh-5chips (see README.md).
Needs numpy and rasterio. Deterministic.
"""
import csv
import gzip
import os
import sys

import numpy as np
import rasterio

BANDS = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"]
COMPONENTS = 4


def ndvi(a):
    return (a[:, 6] - a[:, 2]) / np.maximum(a[:, 6] + a[:, 2], 1)


def ndwi(a):
    return (a[:, 1] - a[:, 6]) / np.maximum(a[:, 1] + a[:, 6], 1)


def lesotho(root):
    """Surface reflectance x 10,000; six composites a point; 0 is missing. Returns {class code: samples}."""
    path = os.path.join(root, "points/lesotho/landcover_training_data_2021_GEE.txt")
    classes = {}
    with open(path) as file:
        rows = csv.reader(file, delimiter=" ")
        next(rows)
        for row in rows:
            try:
                values = np.array(row[1:61], float).reshape(10, 6)
            except ValueError:
                continue
            for composite in values.T:
                if composite.min() > 0:
                    classes.setdefault(int(float(row[0])), []).append(composite)
    return {code: np.array(samples) for code, samples in classes.items()}


def german(root):
    """Top-of-atmosphere reflectance x 10,000, made surface-like by dark object subtraction (Chavez 1988): per band the
    0.5 % quantile of all pixels is taken to be path radiance plus a reflectance of 0.01."""
    classes = {}
    with gzip.open(os.path.join(root, "points/german-cities/data_combined_ll.csv.gz"), "rt") as file:
        for row in csv.DictReader(file):
            classes.setdefault(row["Label"], []).append([float(row[b]) for b in BANDS])
    classes = {label: np.array(samples) for label, samples in classes.items()}
    dark = np.quantile(np.vstack(list(classes.values())), 0.005, axis=0)
    path = np.maximum(dark - 100, 0)
    return {label: samples - path for label, samples in classes.items()}


def amazon(root):
    with rasterio.open(os.path.join(root, "scenes/amazon-trombetas/sen2_10band_dn10000_u16.tif")) as file:
        dn = file.read().astype(float)
    return dn.reshape(10, -1).T[(dn > 0).all(axis=0).ravel()] - 1000


def terramesh(root, name, offset=0):
    """L2A chips, bands B01 B02 ... B08 B8A B09 B11 B12; returns samples and ESRI land cover codes."""
    with rasterio.open(os.path.join(root, f"patches/terramesh-5chips/S2L2A/{name}.tif")) as file:
        a = file.read([2, 3, 4, 5, 6, 7, 8, 9, 11, 12]).astype(float)
    with rasterio.open(os.path.join(root, f"patches/terramesh-5chips/LULC/{name}.tif")) as file:
        codes = file.read(1).ravel()
    a = a.reshape(10, -1).T - offset
    good = a.min(axis=1) > 0
    return a[good], codes[good]


def classes(root):
    les, ger, ama = lesotho(root), german(root), amazon(root)
    coast, coast_code = terramesh(root, "282D_485L_3_3")
    red, red_code = terramesh(root, "38D_378R_2_3")
    farm, farm_code = terramesh(root, "433D_629L_3_1", 1000)
    field, field_code = terramesh(root, "637U_59R_1_3")
    town = ama[(ndvi(ama) < 0.3) & (ama[:, 2] > 1100) & (ama[:, 0] > 0.5 * ama[:, 2])]
    silt = ama[(ama[:, 2] > 450) & (ama[:, 0] < 0.45 * ama[:, 2]) & (ndvi(ama) < 0.4)]
    visible = ger["Industrial"][:, :3].mean(axis=1)
    crop, grass, water = les[2], les[10], les[6]
    return [
        ("rainforest", "amazon", ama[ndvi(ama) > 0.75]),
        ("forest-coast", "terramesh", coast[(coast_code == 2) & (ndvi(coast) > 0.6)]),
        ("forest-deciduous", "german", ger["DeciduousForest"]),
        ("forest-conifer", "german", ger["ConiferousForest"]),
        ("woodland-dry", "lesotho", les[4]),
        ("woodland-farm", "terramesh", farm[(farm_code == 2) & (ndvi(farm) > 0.45)]),
        ("shrub", "lesotho", les[9]),
        ("wetland", "lesotho", les[7]),
        ("grass-green", "lesotho", grass[ndvi(grass) > 0.5]),
        ("grass-dry", "lesotho", grass[ndvi(grass) < 0.3]),
        ("crop-lush", "terramesh", field[(field_code == 4) & (ndvi(field) > 0.6)]),
        ("crop-green", "german", ger["PlantedFields"][ndvi(ger["PlantedFields"]) > 0.5]),
        ("crop-dry", "lesotho", crop[(ndvi(crop) > 0.22) & (ndvi(crop) < 0.4)]),
        ("soil-brown", "lesotho", crop[ndvi(crop) < 0.22]),
        ("soil-red", "terramesh", red[(red_code == 4) & (ndvi(red) < 0.25)]),
        ("soil-grey", "german", ger["OpenSoil"][ndvi(ger["OpenSoil"]) < 0.3]),
        ("soil-dark", "terramesh", field[(field_code == 4) & (ndvi(field) < 0.3)]),
        ("soil-farm", "terramesh", farm[(farm_code == 4) & (ndvi(farm) < 0.3)]),
        ("barren", "lesotho", les[12][ndvi(les[12]) < 0.3]),
        ("gully", "lesotho", les[14][ndvi(les[14]) < 0.35]),
        ("sand", "terramesh", coast[(coast_code == 6) & (coast[:, 2] > 1500)]),
        ("sand-red", "terramesh", red[(red[:, 2] > 2200) & (ndvi(red) < 0.2)]),
        ("silt", "amazon", silt),
        ("water-dark", "amazon", ama[(ama[:, 6] < 350) & (ama[:, 8] < 250)]),
        ("water-sea", "terramesh", coast[(coast_code == 1) & (coast[:, 6] < 300) & (coast[:, 8] < 150)]),
        ("water-lake", "lesotho", water[(ndwi(water) > 0.2) & (water[:, 8] < 400)]),
        ("water-silty", "lesotho", water[(water[:, 2] > 800) & (water[:, 8] < 900) & (ndwi(water) > 0)]),
        ("water-river", "german", ger["Water"][(ndwi(ger["Water"]) > 0.1) & (ger["Water"][:, 8] < 400)]),
        ("town", "amazon", town),
        ("settlement", "german", ger["Settlement"]),
        ("urban", "german", ger["Urban"]),
        ("village", "lesotho", les[1]),
        ("roof-bright", "german", ger["Industrial"][visible > 2500]),
        ("roof-dark", "german", ger["Industrial"][visible <= 1500]),
    ]


def main():
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["class", "source", "samples", "row"] + BANDS)
    for name, source, samples in classes(sys.argv[1]):
        low, high = np.quantile(samples, [0.005, 0.995], axis=0)
        samples = samples[((samples >= low) & (samples <= high)).all(axis=1)]
        mean = samples.mean(axis=0)
        values, vectors = np.linalg.eigh(np.cov(samples.T))
        writer.writerow([name, source, len(samples), "mean"] + [f"{v:.0f}" for v in mean])
        for k in range(COMPONENTS):
            vector = vectors[:, -1 - k] * np.sqrt(max(values[-1 - k], 0))
            vector *= 1 if vector.sum() >= 0 else -1
            writer.writerow([name, source, len(samples), f"pc{k + 1}"] + [f"{v:.0f}" for v in vector])


main()
