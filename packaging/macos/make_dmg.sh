#!/usr/bin/env bash
# Packs "Phi Planner.app" into dist/phi-planner-VERSION-ARCH.dmg. Not run yet by anyone.
#
# With PHI_PLANNER_SIGNING_IDENTITY the app is signed (PyInstaller has signed what is inside), and
# with PHI_PLANNER_NOTARY_PROFILE, a profile of `xcrun notarytool store-credentials`, notarised.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

app="build/package/frozen/Phi Planner.app"
version=$(sed -n 's/^__version__: Final = "\(.*\)"$/\1/p' planner/version.py)
dmg="dist/phi-planner-$version-$(uname -m).dmg"
stage=build/package/dmg

if [ -n "${PHI_PLANNER_SIGNING_IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp \
        --entitlements packaging/macos/entitlements.plist \
        --sign "$PHI_PLANNER_SIGNING_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
fi

rm -rf "$stage"
mkdir -p "$stage" dist
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
cp -R build/package/frozen/phi-planner/licenses "$stage/Licences"
hdiutil create -volname "Phi Planner" -srcfolder "$stage" -ov -format UDZO "$dmg"

if [ -n "${PHI_PLANNER_NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$dmg" --keychain-profile "$PHI_PLANNER_NOTARY_PROFILE" --wait
    xcrun stapler staple "$dmg"
fi
echo "$dmg"
