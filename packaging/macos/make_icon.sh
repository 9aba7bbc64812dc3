#!/usr/bin/env bash
# Makes build/package/phi-planner.icns from the SVG. Needs librsvg (Homebrew). Not run yet by anyone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

set_folder=build/package/phi-planner.iconset
rm -rf "$set_folder"
mkdir -p "$set_folder"
for size in 16 32 128 256 512; do
    double=$((size * 2))
    rsvg-convert -w "$size" -h "$size" -o "$set_folder/icon_${size}x${size}.png" packaging/icons/phi-planner.svg
    rsvg-convert -w "$double" -h "$double" -o "$set_folder/icon_${size}x${size}@2x.png" packaging/icons/phi-planner.svg
done
iconutil --convert icns --output build/package/phi-planner.icns "$set_folder"
