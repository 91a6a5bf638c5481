"""The office's pages: send files, watch them being read, check, correct, hand on.

Server-rendered (Starlette, Jinja2); works without JavaScript but for the keys and the picture.
"""
