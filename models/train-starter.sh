#!/bin/sh
# Makes the shipped model again: simulated places, and chips of EuroSAT and TerraMesh with their land cover.
#   models/train-starter.sh DATA INITIAL OUT
# DATA     holds patches/eurosat100 (a hundred chips of EuroSAT, split.csv beside the folders of classes) and patches/terramesh-5chips (S2L2A and LULC)
# INITIAL  the model to start from: asm-starter.onnx of the first release
# The run is ended by the clock, so a repetition takes another number of steps and gives another model.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$1" && pwd)/patches
initial=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
mkdir -p "$3"
out=$(cd "$3" && pwd)
dotnet build -c Release "$here/../Asm.Training"
train() { dotnet run -c Release --no-build --project "$here/../Asm.Training" -- "$@"; }

# EuroSAT: chips of one class each; roads share their chips with fields and are left out. split.csv says which chips test and validate.
of() { awk -F, -v split="$1" '$3 ~ "^" split && $1 != "Highway" { sub(/\.tif/, "", $2); print $2 }' "$data/eurosat100/split.csv" | paste -sd, -; }
train dataset "$data/eurosat100" --layout chips --bands B01,B02,B03,B04,B05,B06,B07,B08,B09,B10,B11,B12,B8A --rest none --allow-empty \
  --map Residential=built,Industrial=built,AnnualCrop=vegetation,Forest=vegetation,HerbaceousVegetation=vegetation,Pasture=vegetation,PermanentCrop=vegetation,SeaLake=vegetation,River=vegetation \
  --test-scenes "$(of test)" --validation-scenes "$(of val)" --patch 128 --patches 60 --description "100 chips of EuroSAT (MIT), top of atmosphere" -o "$out/eurosat" --overwrite

# TerraMesh: the snow chip is left out; one chip still has the offset of baseline 04.00.
terramesh() {
  mkdir -p "$out/$1/image" "$out/$1/label"
  for chip in $2; do
    cp "$data/terramesh-5chips/S2L2A/$chip.tif" "$out/$1/image"
    cp "$data/terramesh-5chips/LULC/$chip.tif" "$out/$1/label"
  done
  train dataset "$out/$1/image" --labels "$out/$1/label" --layout pairs --bands B01,B02,B03,B04,B05,B06,B07,B08,B8A,B09,B11,B12 --rest none --allow-empty \
    --map 1=vegetation,2=vegetation,3=vegetation,4=vegetation,5=built,9=vegetation --split scenes --validation 0 --test 0 --patch 128 --patches "$3" --offset "$4" \
    --description "chips of TerraMesh with ESRI land cover (CC-BY-SA-4.0)" -o "$out/$1/set" --overwrite
}
terramesh terramesh-a "282D_485L_3_3 38D_378R_2_3 637U_59R_1_3" 120 0
terramesh terramesh-b "433D_629L_3_1" 40 -1000

cp "$here/asm-starter.yaml" "$out/asm-starter.yaml"
train fit "$out/asm-starter.yaml" --initial "$initial" --threads 1 --overwrite
# The average with the first model keeps what it knew of bare ground beside excavations, which the run alone forgot.
train export "$out/run/best.checkpoint" -o "$out/asm-starter.onnx" --name asm-starter --average "$initial" --average-share 0.3 --overwrite \
  --trained-on "simulated places (asm-train), 37 chips of EuroSAT (MIT) and 4 chips of TerraMesh (CC-BY-SA-4.0)"
train quantize "$out/asm-starter.onnx" -o "$out/asm-starter-int8.onnx" --target 0.9998 --windows 128 --overwrite
