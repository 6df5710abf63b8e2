"""The recipe of the language network: from treebanks to the file that dragoman ships."""
