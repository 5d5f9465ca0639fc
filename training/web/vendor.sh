#!/bin/sh
# Re-creates what is vendored from npm: training/web/static/vendor, training/web/fonts, tests/journeys/vendor.
# Needed only to take a newer version; the results are committed, so nobody else needs node.
# Usage, from the top of the checkout: sh training/web/vendor.sh
set -eu

GOVUK=6.6.0
HTMX=2.0.11
AXE=4.14.1
WEB_FONT=5.3.0
PDF_FONT=3.52.0
SASS=1.108.2

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
static="$here/static/vendor"
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts --save-exact \
  "govuk-frontend@$GOVUK" "htmx.org@$HTMX" "axe-core@$AXE" "sass@$SASS" \
  "@fontsource-variable/source-sans-3@$WEB_FONT" "source-sans@$PDF_FONT"
packages="$temporary/node_modules"

# without_map FROM TO: the manifest storage would look for a source map that is not there
without_map() { sed -e 's|//# sourceMappingURL=.*$||' "$1" > "$2"; }
# note FOLDER NAME VERSION LICENCE HOW
note() { printf '%s %s\nLicence: %s (see LICENCE.txt)\n%s\n' "$2" "$3" "$4" "$5" > "$1/VERSION.txt"; }

folder="$static/govuk-frontend"; mkdir -p "$folder"
cp "$here/vendor.scss" "$temporary/vendor.scss"
npx sass --no-source-map --style=compressed --no-charset --quiet-deps vendor.scss "$folder/govuk-frontend.min.css"
without_map "$packages/govuk-frontend/dist/govuk/govuk-frontend.min.js" "$folder/govuk-frontend.min.js"
# The package has no licence file: LICENCE.txt beside the results is the one of its repository, kept by hand.
test -f "$folder/LICENCE.txt"
note "$folder" govuk-frontend "$GOVUK" MIT \
  "Compiled from vendor.scss without the font GDS Transport, the crest, the crown and the GOV.UK logotype."
if grep -qiE 'GDS Transport|@font-face|url\(' "$folder/govuk-frontend.min.css"; then
  echo "The stylesheet still names a font or an image of GOV.UK." >&2; exit 1
fi

folder="$static/htmx"; mkdir -p "$folder"
without_map "$packages/htmx.org/dist/htmx.min.js" "$folder/htmx.min.js"
cp "$packages/htmx.org/LICENSE" "$folder/LICENCE.txt"
note "$folder" htmx "$HTMX" 0BSD "Unchanged."

folder="$static/source-sans-3"; mkdir -p "$folder"
for part in latin-wght-normal latin-ext-wght-normal vietnamese-wght-normal latin-wght-italic; do
  cp "$packages/@fontsource-variable/source-sans-3/files/source-sans-3-$part.woff2" "$folder/"
done
cp "$packages/@fontsource-variable/source-sans-3/LICENSE" "$folder/LICENCE.txt"
note "$folder" "Source Sans 3 (variable; latin, latin-ext, vietnamese)" "$WEB_FONT" OFL-1.1 "For pages. Unchanged."

folder="$here/fonts"; mkdir -p "$folder"
for part in Regular Semibold It; do cp "$packages/source-sans/TTF/SourceSans3-$part.ttf" "$folder/"; done
cp "$packages/source-sans/LICENSE.md" "$folder/LICENCE.txt"
note "$folder" "Source Sans 3" "$PDF_FONT" OFL-1.1 "For PDFs. Unchanged."

folder="$top/tests/journeys/vendor"; mkdir -p "$folder"
cp "$packages/axe-core/axe.min.js" "$folder/axe.min.js"
cp "$packages/axe-core/LICENSE" "$folder/LICENCE.txt"
note "$folder" axe-core "$AXE" MPL-2.0 "For the tests of accessibility. Unchanged."
