#!/usr/bin/env bash
# The stages after prediction against the usual tools, in turn (A B A B ...), so that a machine whose speed drifts treats all alike.
# Prints a table: median wall and processor seconds of the rounds, and the peak memory of the largest process.
#   stages.sh inputs WORK SIZE          simulated maps of SIZE x SIZE pixels and 60 zones in WORK
#   stages.sh run WORK ROUNDS [STAGES]  needs GNU time, STAGES a regular expression; and peer scripts on PATH or in WORK/peers (each takes what its name says):
#                                       py_ensemble.py py_mosaic.py py_change.py py_kde.py py_zonal.py; gdal_calc.py and gdal_polygonize.py of GDAL, GRASS and OTB
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
asm=${ASM:-$here/artifacts/bin/Asm.Cli/release/asm}
bench=${BENCH:-$here/artifacts/bin/Asm.Benchmarks/release/Asm.Benchmarks}
python=${PYTHON:-/usr/bin/python3}
otb='?&gdal:co:TILED=YES&gdal:co:COMPRESS=DEFLATE&gdal:co:NUM_THREADS=2'
deflate='--co TILED=YES --co BLOCKXSIZE=512 --co BLOCKYSIZE=512 --co COMPRESS=DEFLATE --co NUM_THREADS=2'

inputs() {
  "$bench" stage-inputs "$1" "$2" "$2"
  "$asm" mosaic "$1"/g00_p0_class.tif "$1"/g01_p0_class.tif -o "$1"/before.tif --overwrite
  "$asm" mosaic "$1"/g00_p1_class.tif "$1"/g01_p1_class.tif -o "$1"/after.tif --overwrite
  "$asm" change "$1"/before.tif "$1"/after.tif -o "$1"/change.tif --overwrite
  # Stars of 24 to 60 corners, a twentieth to a fifth of a tile wide; some overlap.
  "$python" - "$1/zones.geojson" "$2" <<'PY'
import json, math, random, sys
random.seed(5)
size = int(sys.argv[2]) * 10
features = []
for i in range(60):
    x, y, r, n = 600000 + random.uniform(0.1, 1.8) * size, 700020 - random.uniform(0.1, 0.9) * size, random.uniform(0.025, 0.1) * size, random.randint(24, 60)
    ring = [[x + r * d * math.cos(2 * math.pi * k / n), y + r * d * math.sin(2 * math.pi * k / n)] for k in range(n) for d in [random.uniform(0.6, 1)]]
    features.append({"type": "Feature", "properties": {"id": i + 1, "name": f"zone {i + 1}"}, "geometry": {"type": "Polygon", "coordinates": [ring + ring[:1]]}})
json.dump({"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32630"}}, "features": features}, open(sys.argv[1], "w"))
PY
}

# stage, program, command; the folder holds the inputs
list() {
  cat <<LIST
start-up	asm	$asm --version
start-up	python	$python -c 'from osgeo import gdal; import numpy'
ensemble	asm	$asm ensemble g00_p0_d0_prob.tif g00_p0_d1_prob.tif g00_p0_d2_prob.tif -o out/ens --outputs probabilities,classes,dates --overwrite
ensemble	py_ensemble	py_ensemble.py --out out/peer g00_p0_d0_prob.tif g00_p0_d1_prob.tif g00_p0_d2_prob.tif
ensemble	otb	otbcli_BandMathX -il g00_p0_d0_prob.tif g00_p0_d1_prob.tif g00_p0_d2_prob.tif -exp "((im1b1>0 ? im1 : {0,0,0}) + (im2b1>0 ? im2 : {0,0,0}) + (im3b1>0 ? im3 : {0,0,0})) dv max((im1b1>0 ? 1 : 0)+(im2b1>0 ? 1 : 0)+(im3b1>0 ? 1 : 0),1)" -out "out/peer.tif$otb" float -progress 0
mosaic	asm	$asm mosaic g00_p0_class.tif g01_p0_class.tif -o out/mosaic.tif --overwrite
mosaic	py_mosaic	py_mosaic.py --out out/peer.tif g00_p0_class.tif g01_p0_class.tif
mosaic	gdal_calc	gdal_calc.py --quiet --overwrite --extent=union -A g00_p0_class.tif -B g01_p0_class.tif --calc='numpy.maximum(A,B)' --hideNoData --NoDataValue=0 --type=Byte --outfile=out/peer.tif $deflate
mosaic	grass	grass --tmp-location g00_p0_class.tif --exec bash -c "r.in.gdal --q in=g00_p0_class.tif out=a; r.in.gdal --q in=g01_p0_class.tif out=b; g.region raster=a,b; r.series --q in=a,b out=m method=maximum nprocs=2; r.out.gdal --q -f in=m out=\$PWD/out/peer-grass.tif type=Byte nodata=0 createopt=TILED=YES,COMPRESS=DEFLATE,NUM_THREADS=2 --o"
change	asm	$asm change before.tif after.tif -o out/change.tif --overwrite
change	py_change	py_change.py --before before.tif --after after.tif --out out/peer.tif --csv out/peer.csv
change	gdal_calc	gdal_calc.py --quiet --overwrite -A before.tif -B after.tif --calc='where((A>0)&(B>0),10*A+B,0)' --hideNoData --NoDataValue=0 --type=Byte --outfile=out/peer.tif $deflate
change	otb	otbcli_BandMath -il before.tif after.tif -exp "(im1b1>0 && im2b1>0) ? 10*im1b1+im2b1 : 0" -out "out/peer.tif$otb" uint8 -progress 0
heatmap 100 m	asm	$asm heatmap change.tif -o out/density.tif --cell 100 --overwrite
heatmap 100 m	py_kde	py_kde.py --change change.tif --out out/peer.tif --cell 100
heatmap 10 m	asm	$asm heatmap change.tif -o out/density.tif --cell 10 --overwrite
heatmap 10 m	py_kde	py_kde.py --change change.tif --out out/peer.tif --cell 10
zones by centre	asm	$asm zones change.tif --zones zones.geojson --id name --coverage centre -o out/zones.csv --overwrite
zones by centre	py_zonal	py_zonal.py --raster change.tif --poly zones.geojson --out out/peer.csv
zones by centre	grass	rm -f out/peer-grass.csv; grass --tmp-location change.tif --exec bash -c "r.in.gdal --q in=change.tif out=c; g.region raster=c; v.in.ogr --q -o in=zones.geojson out=z snap=0.001; v.to.rast --q in=z out=zr use=attr attribute_column=id; r.stats --q -cn in=zr,c separator=comma out=\$PWD/out/peer-grass.csv --o"
zones by centre	otb	otbcli_ZonalStatistics -in change.tif -inzone vector -inzone.vector.in zones.geojson -out xml -out.xml.filename out/peer.xml -progress 0
zones, exact	asm	$asm zones change.tif --zones zones.geojson --id name -o out/zones.csv --overwrite
polygons	asm	$asm polygons change.tif --class all -o out/polygons.gpkg --overwrite
polygons	gdal_polygonize	rm -f out/peer.gpkg; gdal_polygonize.py -q change.tif out/peer.gpkg
LIST
}

run() {
  cd "$1"
  mkdir -p out
  export PATH="$PWD/peers:/usr/bin:$PATH"
  local results=out/results.tsv stage program command
  : > $results
  for _ in $(seq "$2"); do
    while IFS=$'\t' read -r stage program command; do
      [[ -z "${3:-}" || $stage =~ $3 ]] || continue
      /usr/bin/time -o out/time -f '%e\t%U\t%S\t%M' bash -c "$command" > out/log 2>&1 || { echo "$stage, $program failed:"; tail -3 out/log; continue; }
      printf '%s\t%s\t%s\n' "$stage" "$program" "$(tail -1 out/time)" >> $results
    done < <(list)
  done
  "$python" - $results <<'PY'
import statistics, sys
rows = {}
for line in open(sys.argv[1]):
    stage, program, *values = line.rstrip("\n").split("\t")
    rows.setdefault(stage, {}).setdefault(program, []).append([float(v) for v in values])
print("| stage | program | wall s | processor s | peak MB | wall, ours / this | memory, ours / this |\n|---|---|---|---|---|---|---|")
for stage, programs in rows.items():
    summary = {p: (statistics.median(v[0] for v in r), statistics.median(v[1] + v[2] for v in r), max(v[3] for v in r) / 1024) for p, r in programs.items()}
    for p, (wall, cpu, peak) in summary.items():
        ratio = f"{summary['asm'][0] / wall:.2f} | {summary['asm'][2] / peak:.2f}" if p != "asm" and "asm" in summary else " | "
        print(f"| {stage} | {p} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {ratio} |")
PY
}

case "${1:-}" in
  inputs) inputs "$2" "$3" ;;
  run) run "$2" "$3" "${4:-}" ;;
  *) sed -n '2,7p' "$0"; exit 2 ;;
esac
