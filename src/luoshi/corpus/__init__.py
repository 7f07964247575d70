"""Very many reports at once (语料): compiled into tables that a researcher can load.

Nothing here is imported by the other commands; pyarrow and Dask, which come with the extra ``corpus``, are
loaded when a corpus is compiled and not before.
"""
