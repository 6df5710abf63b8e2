"""The recipe of the segmenter: from the treebanks to the file that ships."""
