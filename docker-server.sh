#!/bin/sh
# The server in its container: takes the prompts along and waits for the ARI password that the
# exchange's container makes at its first start.
set -e
mkdir -p "$YIHAO_DATA_DIR/prompts"
cp -Ru /made/prompts/. "$YIHAO_DATA_DIR/prompts/"
password_file="$YIHAO_DATA_DIR/asterisk/ari-password"
until [ -s "$password_file" ]; do sleep 1; done
YIHAO_ARI_PASSWORD=$(cat "$password_file")
export YIHAO_ARI_PASSWORD
exec node dist/src/main.js
