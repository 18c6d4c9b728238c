#!/bin/sh
# The experiment of Gallwey et al. 2020 on simulated scenes: the same training pixels for a U-Net and three classifiers of single pixels, compared on places and
# dates that they have not seen. Needs the .NET SDK; about an hour on two cores. The result is OUT/evaluation (tables and pictures); docs/experiment.md tells of it.
#   experiment/run.sh [OUT]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-experiment-run}
dotnet build -c Release "$here/../Asm.Training"
train() { dotnet run -c Release --no-build --project "$here/../Asm.Training" -- "$@"; }
mkdir -p "$out"
out=$(cd "$out" && pwd)
cp "$here/unet.yaml" "$out/unet.yaml"

# One place on three dates, as in the paper; a seventh of its blocks watches the training.
train dataset --layout simulated --seeds 20 --size 1536 --dates 3 --mine-density 2 --block 2560 --validation 0.15 --test 0 --patch 128 --patches 2400 -o "$out/train" --overwrite

# Four groups of test tiles of 5 x 5 km: other places of the region on a date of the training; other places and dates; the same with twice the differences of
# radiometry and more haze; other regions, with soils, farming and mining of their own.
tiles() { train dataset --layout simulated --size 512 --mine-density 2 --patch 128 --patches 1 --test-scenes '*' --overwrite "$@"; }
tiles --seeds 20 --places 4000:0,-4000:0,0:4000 --dates 1 -o "$out/same"
tiles --seeds 20 --places 8000:0,-8000:0 --dates 4-6 -o "$out/unseen"
tiles --seeds 20 --places 8000:0,-8000:0 --dates 4-6 --radiometric-shift 2 --haze 0.5 -o "$out/strong"
tiles --seeds 21,22,23,24 --dates 1 -o "$out/abroad"

for kind in sam rf mlp; do train baseline $kind "$out/train" -o "$out/$kind.onnx" --overwrite; done
train fit "$out/unet.yaml" --overwrite
train export "$out/unet/best.checkpoint" -o "$out/unet.onnx" --name asm-experiment --overwrite
train evaluate "$out/same" "$out/unseen" "$out/strong" "$out/abroad" -m SAM="$out/sam.onnx" -m RF="$out/rf.onnx" -m MLP="$out/mlp.onnx" -m U-Net="$out/unet.onnx" -o "$out/evaluation" --overwrite
