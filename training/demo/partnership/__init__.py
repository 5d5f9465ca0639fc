"""The demonstration partnership: how it is loaded. What it is made of, each app knows: `<app>/demo`."""
