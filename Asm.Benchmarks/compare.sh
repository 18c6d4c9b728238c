#!/usr/bin/env bash
# Whole programs against their peers, in turn (A B A B ...), so that a machine whose speed drifts treats both alike.
# Prints seconds of each run. Usage:
#   compare.sh read STACK.tif                      all samples of a ten-band GeoTIFF: ours, and GDAL with two threads
#   compare.sh prepare FOLDER OUT_FOLDER           band files to a stack: ours, and gdalwarp -r cubic plus stacking
#   compare.sh run ROUNDS 'COMMAND A' 'COMMAND B'  any two commands
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
asm=${ASM:-$here/artifacts/bin/Asm.Cli/release/asm}
bench=${BENCH:-$here/artifacts/bin/Asm.Benchmarks/release/Asm.Benchmarks}
python=${PYTHON:-python3}

seconds() { local from to; from=$(date +%s.%N); bash -c "$1" >/dev/null 2>&1; to=$(date +%s.%N); awk "BEGIN { printf \"%.2f\", $to - $from }"; }

pair() { # rounds A B
  for _ in $(seq "$1"); do printf '%s\t%s\n' "$(seconds "$2")" "$(seconds "$3")"; done
}

case "${1:-}" in
  read)
    pair 3 "$bench read '$2'" "$python - <<'PY'
from osgeo import gdal
gdal.SetCacheMax(64 << 20)
source = gdal.OpenEx('$2', open_options=['NUM_THREADS=2'])
for row in range(0, source.RasterYSize, 512):
    source.ReadAsArray(0, row, source.RasterXSize, min(512, source.RasterYSize - row))
PY" ;;
  prepare)
    pair 3 "$asm prepare '$2' -o '$3/ours.tif' --overwrite" "$python - <<'PY'
import glob
from osgeo import gdal
names = ['B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'B08', 'B8A', 'B11', 'B12']
find = lambda n: sorted(glob.glob('$2/*' + n + '*.tif'))[0]
first = gdal.Open(find('B02'))
g = first.GetGeoTransform()
bounds = (g[0], g[3] + g[5] * first.RasterYSize, g[0] + g[1] * first.RasterXSize, g[3])
options = ['TILED=YES', 'BLOCKXSIZE=512', 'BLOCKYSIZE=512', 'COMPRESS=DEFLATE', 'PREDICTOR=2', 'NUM_THREADS=2', 'BIGTIFF=IF_SAFER', 'INTERLEAVE=BAND']
out = gdal.GetDriverByName('GTiff').Create('$3/gdal.tif', first.RasterXSize, first.RasterYSize, 10, gdal.GDT_UInt16, options)
for i, n in enumerate(names):
    band = gdal.Warp('', find(n), format='MEM', resampleAlg='cubic', outputBounds=bounds, width=first.RasterXSize, height=first.RasterYSize, multithread=True, warpOptions=['NUM_THREADS=2'])
    out.GetRasterBand(i + 1).WriteArray(band.ReadAsArray())
out.FlushCache()
PY" ;;
  run) pair "$2" "$3" "$4" ;;
  *) sed -n '2,7p' "$0"; exit 2 ;;
esac
